"""The ways into the newsroom: the commands themselves, and REST over HTTP as a program would write it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import httpx
import orjson
from tests.store.content.editing.publication import MODEL
from tests.store.people.people_rows import add_account, add_token

from masthead.access import EDITOR, Viewer
from masthead.content.commands import Actor, Changed, Commands, Save, SaveConflictError
from masthead.content.merging import Clash
from masthead.kernel import new_id
from masthead.store import Database

EDITED = ("body", "labels", "notes", "summary")
_LONG = 36_500
_HEAD = (
    "SELECT e.head, (r.snapshot->'fields')::json AS fields FROM masthead.entry AS e "
    "JOIN masthead.revision AS r ON r.id = e.head WHERE e.id = $1"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What an editor has on the screen: a revision, and its fields."""

    revision: UUID
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What an editor was told. `is_unchanged`: somebody else had made the same change already."""

    changed: Changed
    is_unchanged: bool


class Door(Protocol):
    """How an editor saves and reads; `who` is the editor's number."""

    async def save(self, who: int, save: Save) -> Saved:
        """Raises SaveConflictError."""

    async def read(self, who: int, entry: UUID) -> Known:
        """The head."""


@dataclass(slots=True)
class ByCommand:
    """In the same process, without HTTP."""

    database: Database
    commands: Commands
    people: dict[int, Actor] = field(default_factory=dict)

    @staticmethod
    def of(database: Database) -> "ByCommand":
        """Into this database."""
        return ByCommand(database, Commands(database, MODEL))

    async def save(self, who: int, save: Save) -> Saved:
        """Give the command."""
        actor = self.people.setdefault(who, somebody())
        outcome = await self.commands.run(save, actor)
        return Saved(outcome.entries[0], bool(outcome.detail))

    async def read(self, who: int, entry: UUID) -> Known:
        """Look at the head, as the studio does after each save."""
        rows = await self.database.drafts.fetch(_HEAD, entry)
        return Known(UUID(int=rows[0]["head"].int), orjson.loads(rows[0]["fields"]))


@dataclass(slots=True)
class ByRest:
    """PATCH with If-Match, each editor with a client and an API token; a 409 is told as commands tell it."""

    clients: Sequence[httpx.AsyncClient]

    @staticmethod
    @asynccontextmanager
    async def of(
        database: Database, editors: int, connect: Callable[[], httpx.AsyncClient]
    ) -> AsyncIterator["ByRest"]:
        """Into a server of this database, with an account for each editor."""
        async with AsyncExitStack() as stack:
            clients = []
            for number in range(editors):
                account = await add_account(database, f"editor{number}@example.org", [EDITOR])
                _, token = await add_token(database, account, "read", "change", days=_LONG)
                client = await stack.enter_async_context(connect())
                client.headers["authorization"] = f"Bearer {token}"
                clients.append(client)
            yield ByRest(clients)

    async def save(self, who: int, save: Save) -> Saved:
        """Send what was changed, on what was seen."""
        headers = {"if-match": f'"{save.base}"'}
        reply = await self.clients[who].patch(_address(save.entry), json=save.fields, headers=headers)
        told = reply.json()
        if reply.status_code == 409:
            raise _conflict(told)
        if reply.status_code != 200 or told["revision"] not in reply.headers["etag"]:
            raise AssertionError(f"a save is answered with its head, not {reply.status_code}: {told}")
        changed = Changed(
            UUID(told["id"]),
            told["type"],
            UUID(told["revision"]),
            told["number"],
            None if told["published"] is None else UUID(told["published"]),
            told["state"],
            told["isMerged"],
        )
        return Saved(changed, bool(told["detail"]))

    async def read(self, who: int, entry: UUID) -> Known:
        """Read the draft, texts as they were written."""
        reply = await self.clients[who].get(f"{_address(entry)}?stage=draft")
        reply.raise_for_status()
        found = reply.json()
        notes = [{**each, "text": each["text"]["source"]} for each in found["notes"]]
        fields = {**found, "body": found["body"]["source"], "notes": notes}
        return Known(UUID(found["entry"]["revision"]), {name: fields[name] for name in EDITED})


@dataclass(slots=True)
class Overwriting:
    """A client that says of what it saw before that it were the newest: what others saved since is gone."""

    door: Door

    async def save(self, who: int, save: Save) -> Saved:
        """On whatever is the head now."""
        head = await self.door.read(who, save.entry)
        return await self.door.save(who, Save(save.entry, head.revision, save.fields))

    async def read(self, who: int, entry: UUID) -> Known:
        """As anybody."""
        return await self.door.read(who, entry)


def somebody() -> Actor:
    """An editor in the studio."""
    return Actor.of(Viewer(new_id(), frozenset({EDITOR})), "studio")


def _address(entry: UUID) -> str:
    return f"/api/stories/{entry}"


def _conflict(told: dict[str, Any]) -> SaveConflictError:
    clashes = [
        Clash(each["path"], each["base"], each["theirs"], each["yours"])
        for each in told["conflict"]["clashes"]
    ]
    entry, head = UUID(told["conflict"]["entry"]), UUID(told["conflict"]["head"])
    return SaveConflictError(
        told["code"], told["detail"], told["remedy"], entry=entry, head=head, clashes=clashes
    )
