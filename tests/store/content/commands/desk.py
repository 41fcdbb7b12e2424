"""A desk to give commands at: one publication, and people of every role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from masthead.access import AUTHOR, EDITOR, Viewer
from masthead.content.commands import (
    Actor,
    Changed,
    Command,
    Commands,
    Create,
    Outcome,
    Publish,
    Save,
)
from masthead.kernel import new_id
from masthead.model import default_model
from masthead.store import Database

MODEL = default_model()
DATE = datetime(2024, 1, 5, tzinfo=UTC).isoformat()


def person(*roles: str, scopes: frozenset[str] | None = None) -> Actor:
    """Somebody with an account and these roles."""
    return Actor.of(Viewer(new_id(), frozenset(roles), scopes=scopes), "api")


@dataclass(slots=True)
class Desk:
    """Gives commands as an editor, unless somebody else is named."""

    database: Database
    commands: Commands
    editor: Actor
    author: Actor

    @staticmethod
    def at(database: Database) -> "Desk":
        """A desk of the default publication."""
        return Desk(database, Commands(database, MODEL), person(EDITOR), person(AUTHOR))

    async def run(self, command: Command, actor: Actor | None = None, key: str | None = None) -> Outcome:
        """Give a command."""
        return await self.commands.run(command, actor or self.editor, key=key)

    async def one(self, command: Command, actor: Actor | None = None) -> Changed:
        """Give a command that is about one entry."""
        return (await self.run(command, actor)).entries[0]

    async def page(self, title: str = "Hello", body: str = "Text.\n", **fields: Any) -> Changed:
        """A new page."""
        return await self.one(Create("Page", {"title": title, "body": body, **fields}))

    async def post(self, title: str = "Hello", **fields: Any) -> Changed:
        """A new post, whole."""
        values = {"title": title, "date": DATE, "body": "Text.\n", **fields}
        return await self.one(Create("Post", values))

    async def author_entry(self, name: str = "Ada") -> Changed:
        """A new author, for posts to refer to."""
        return await self.one(Create("Author", {"name": name}))

    async def public(self, changed: Changed) -> Changed:
        """Publish its head."""
        return await self.one(Publish(changed.entry, changed.head))

    async def save(self, changed: Changed, **fields: Any) -> Changed:
        """Save on its head."""
        return await self.one(Save(changed.entry, changed.head, fields))

    async def rows(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """What the database says."""
        async with self.database.transaction() as transaction:
            return await transaction.fetch(statement, *arguments)

    async def row(self, stage: str, changed: Changed) -> Mapping[str, Any] | None:
        """The entry's row in a stage."""
        table = MODEL[changed.type].table
        found = await self.rows(f'SELECT * FROM {stage}."{table}" WHERE id = $1', changed.entry)
        return found[0] if found else None

    async def events(self, entry: UUID | None = None) -> list[str]:
        """What happened, of one entry or of all, in order: "created", "saved"."""
        rows = await self.rows(
            "SELECT type FROM masthead.event WHERE $1::uuid IS NULL OR entry_id = $1 ORDER BY id", entry
        )
        return [row["type"].removeprefix("content.entry.").removesuffix(".v1") for row in rows]

    async def audit(self) -> list[tuple[str, str, str | None]]:
        """Action, outcome and code of every line."""
        rows = await self.rows("SELECT action, outcome, code FROM masthead.audit ORDER BY id")
        return [(row["action"], row["outcome"], row["code"]) for row in rows]
