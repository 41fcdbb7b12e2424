"""All that the platform knows at a moment, read with plain SQL and nothing of the code that is tested."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.store.content.editing.publication import MODEL

from masthead.store import STAGES, Database, Transaction, tables_of
from masthead.store.registry import REGISTRY

_ENTRIES = """
SELECT id, type, head, published, is_derived, archived_at, owner FROM masthead.entry ORDER BY id
"""
_REVISIONS = """
SELECT id, entry_id AS entry, number, snapshot, author, source, base FROM masthead.revision
ORDER BY entry_id, number
"""
_SCHEDULES = """
SELECT id, due, action, entry_id AS entry, release_id AS release, state FROM masthead.schedule ORDER BY id
"""
_AUDIT = """
SELECT id, action, subject, outcome, code, account, request, detail FROM masthead.audit
WHERE $1::uuid IS NULL OR id > $1 ORDER BY id
"""
_TABLES = sorted(
    {f'{each.schema}."{each.name}"' for each in REGISTRY.tables.values() if each.name != "audit"}
    | {
        f'{stage}."{each.name}"'
        for stage in STAGES
        for tables in [tables_of(MODEL, stage)]
        for each in [*tables.content.values(), *tables.links.values()]
    }
    | {"live._route", "live._generation"}
)
_DIGEST = " UNION ALL ".join(
    f"SELECT '{name}' AS name, md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS digest "
    f"FROM {name} AS t"
    for name in _TABLES
)
_TYPES = {each.identity: each.name for each in MODEL}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry's row, its type by name."""

    id: UUID
    type: str
    head: UUID
    published: UUID | None
    is_derived: bool
    archived_at: datetime | None
    owner: UUID | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision, its snapshot read."""

    id: UUID
    entry: UUID
    number: int
    fields: Mapping[str, Any]
    old_addresses: tuple[str, ...]
    author: UUID | None
    source: str
    base: UUID | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule's row."""

    id: UUID
    due: datetime
    action: str
    entry: UUID | None
    release: UUID | None
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit log."""

    id: UUID
    action: str
    subject: str | None
    outcome: str
    code: str | None
    account: UUID | None
    request: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """Entries, revisions and schedules by id; who has which address; the audit log; the releases by state;
    a digest of all rows of every table but the log."""

    entries: Mapping[UUID, Entry]
    revisions: Mapping[UUID, Revision]
    schedules: Mapping[UUID, Planned]
    releases: Mapping[UUID, str]
    routes: Mapping[str, tuple[UUID, bool]]
    audit: Mapping[UUID, Line]
    digests: Mapping[str, str]

    def history(self, entry: UUID) -> list[Revision]:
        """An entry's revisions, the oldest first."""
        return [each for each in self.revisions.values() if each.entry == entry]

    def head(self, entry: UUID) -> Revision:
        """An entry's newest revision."""
        return self.revisions[self.entries[entry].head]

    def changed_since(self, before: "Scene") -> list[str]:
        """The tables that have other rows than they had."""
        return [name for name, digest in self.digests.items() if before.digests[name] != digest]

    def rows_since(self, before: "Scene") -> list[str]:
        """The rows of those that are read that are other than they were, as they were and as they are: what
        a table's digest does not tell."""
        found = []
        for name in ("entries", "revisions", "schedules", "releases", "routes", "audit"):
            old, new = getattr(before, name), getattr(self, name)
            keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
            found += [f"{name} {key}: {old.get(key)} -> {new.get(key)}" for key in keys]
        return found

    def address(self, entry: UUID) -> str | None:
        """Where an entry is public."""
        return next((path for path, (owner, own) in self.routes.items() if own and owner == entry), None)


async def look(database: Database, since: UUID | None = None) -> Scene:
    """Everything as it is, in one view of the database; of the log, what is `since` a line."""
    async with database.transaction() as transaction:
        await transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        entries = [
            Entry(**{**row, "type": _TYPES[row["type"]]}) for row in await _rows(transaction, _ENTRIES)
        ]
        revisions = [_revision(row) for row in await _rows(transaction, _REVISIONS)]
        schedules = [Planned(**row) for row in await _rows(transaction, _SCHEDULES)]
        releases = await _rows(transaction, "SELECT id, state FROM masthead.release ORDER BY id")
        routes = await _rows(transaction, "SELECT path, entry_id, is_canonical FROM live._route")
        audit = [_line(row) for row in await _rows(transaction, _AUDIT, since)]
        digests = await digests_of(transaction)
    return Scene(
        {each.id: each for each in entries},
        {each.id: each for each in revisions},
        {each.id: each for each in schedules},
        {row["id"]: row["state"] for row in releases},
        {row["path"]: (row["entry_id"], row["is_canonical"]) for row in routes},
        {each.id: each for each in audit},
        digests,
    )


async def digests_of(transaction: Transaction) -> dict[str, str]:
    """A digest of all rows of every table but the audit log."""
    return {row["name"]: row["digest"] for row in await transaction.fetch(_DIGEST)}


async def _rows(transaction: Transaction, statement: str, *values: Any) -> list[dict[str, Any]]:
    return [
        {name: UUID(int=value.int) if isinstance(value, UUID) else value for name, value in row.items()}
        for row in await transaction.fetch(statement, *values)
    ]


def _revision(row: dict[str, Any]) -> Revision:
    snapshot = json.loads(row.pop("snapshot"))
    old = tuple(snapshot["aliases"]) + tuple(snapshot["former"])
    return Revision(fields=snapshot["fields"], old_addresses=old, **row)


def _line(row: dict[str, Any]) -> Line:
    return Line(detail=json.loads(row.pop("detail")), **row)
