"""People who edit over GraphQL: documents in, answers out, as the engine of editors gives them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.access import AUTHOR, EDITOR, OWNER, Policies, Viewer
from masthead.content.commands import Actor, Commands
from masthead.graphql import EditingEngine, Limits
from masthead.kernel import new_id
from masthead.model import ContentModel, default_model
from masthead.store import Database

STANDING = "revision number state isMerged"


def person(*roles: str) -> Actor:
    """Somebody with an account and these roles."""
    return Actor.of(Viewer(new_id(), frozenset(roles)), "api", "request-1", "192.0.2.1")


@dataclass(slots=True)
class Newsroom:
    """Answers as an editor is answered, unless somebody else asks."""

    database: Database
    engine: EditingEngine
    editor: Actor
    author: Actor
    owner: Actor

    @staticmethod
    def of(database: Database, model: ContentModel | None = None, limits: Limits | None = None) -> "Newsroom":
        """A newsroom of a publication; by default of the default one."""
        model = model or default_model()
        policies = Policies(model)
        commands = Commands(database, model, policies)
        engine = EditingEngine(model, database.drafts, commands, policies=policies, limits=limits)
        return Newsroom(database, engine, person(EDITOR), person(AUTHOR), person(OWNER))

    async def ask(
        self, document: str, actor: Actor | None = None, is_safe: bool = False, **variables: Any
    ) -> dict[str, Any]:
        """The whole response."""
        answer = await self.engine.run(document, variables, None, actor or self.editor, is_safe=is_safe)
        found: dict[str, Any] = json.loads(answer.body)
        return found

    async def data(self, document: str, actor: Actor | None = None, **variables: Any) -> Any:
        """The data of an operation that goes well."""
        found = await self.ask(document, actor, **variables)
        assert "errors" not in found, found["errors"]
        return found["data"]

    async def error(self, document: str, actor: Actor | None = None, **variables: Any) -> dict[str, Any]:
        """The only error of an operation that does not."""
        (error,) = (await self.ask(document, actor, **variables))["errors"]
        assert isinstance(error, dict)
        return error

    async def create(self, type_name: str, actor: Actor | None = None, **fields: Any) -> Mapping[str, Any]:
        """A new entry: its id with what is said of it."""
        document = (
            f"mutation ($input: {type_name}Input!) {{ create{type_name}(input: $input) "
            f"{{ entry {{ id }} {STANDING} }} }}"
        )
        made = (await self.data(document, actor, input=fields))[f"create{type_name}"]
        return {
            **made,
            "id": made["entry"]["id"],
            "at": {"id": made["entry"]["id"], "base": made["revision"]},
        }

    async def post(
        self, title: str = "Hello", actor: Actor | None = None, **fields: Any
    ) -> Mapping[str, Any]:
        """A new post, whole."""
        values = {"title": title, "date": "2024-01-05T00:00:00Z", "body": "Text.\n", **fields}
        return await self.create("Post", actor, **values)
