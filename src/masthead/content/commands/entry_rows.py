"""Entries and revisions as commands read and write them in schema `masthead`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.commands.states import EntryState, Revision
from masthead.content.snapshot import Snapshot
from masthead.model import ContentModel, ContentType
from masthead.store import Transaction

_ENTRIES = """
SELECT e.id, e.type, e.head, e.published, e.is_derived, e.created_at, e.published_at, e.archived_at, e.owner,
    h.id AS head_id, h.number, h.snapshot, h.created_at AS made_at,
    p.id AS live_id, p.number AS live_number, p.snapshot AS live_snapshot, p.created_at AS live_made_at
FROM masthead.entry AS e
LEFT JOIN masthead.revision AS h ON h.id = e.head
LEFT JOIN masthead.revision AS p ON p.id = e.published AND e.published <> e.head
WHERE e.id = ANY($1::uuid[]) ORDER BY e.id FOR NO KEY UPDATE OF e
"""
"""Not FOR UPDATE: the foreign keys of whoever refers to an entry wait for that, and two entries that are
saved at once may refer to each other.

Where this waits for a row, PostgreSQL gives the row as it is after the wait, and joins it with what was there
before: the revisions of such a row are missing, and are read by themselves."""
_REVISIONS = """
SELECT id, number, snapshot, created_at FROM masthead.revision
WHERE id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR entry_id = $2)
"""


async def load_entries(
    transaction: Transaction, model: ContentModel, ids: Iterable[UUID]
) -> list[EntryState]:
    """Lock the entries' rows, in the order of their ids, and read them."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    types = {each.identity: each for each in model}
    rows = [row for row in await transaction.fetch(_ENTRIES, wanted) if row["type"] in types]
    revisions = {each.id: each for row in rows for each in _joined(row)}
    shown = {row[name] for row in rows for name in ("head", "published") if row[name] is not None}
    revisions |= await load_revisions(transaction, shown - revisions.keys())
    return [_state(row, types[row["type"]], revisions) for row in rows]


def _joined(row: Mapping[str, Any]) -> Iterator[Revision]:
    if row["head_id"] == row["head"]:
        yield _made(row["head"], row["number"], row["snapshot"], row["made_at"])
    if row["live_id"] is not None and row["live_id"] == row["published"]:
        yield _made(row["published"], row["live_number"], row["live_snapshot"], row["live_made_at"])


def _state(
    row: Mapping[str, Any], content_type: ContentType, revisions: Mapping[UUID, Revision]
) -> EntryState:
    return EntryState(
        plain_id(row["id"]),
        content_type,
        revisions[row["head"]],
        None if row["published"] is None else revisions[row["published"]],
        row["is_derived"],
        row["created_at"],
        row["published_at"],
        row["archived_at"],
        None if row["owner"] is None else plain_id(row["owner"]),
    )


async def load_revisions(
    transaction: Transaction, ids: Iterable[UUID], *, of: UUID | None = None
) -> dict[UUID, Revision]:
    """Revisions by id; only those of one entry, where it is named."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await transaction.fetch(_REVISIONS, wanted, of)
    return {row["id"]: _made(row["id"], row["number"], row["snapshot"], row["created_at"]) for row in rows}


def _made(key: UUID, number: int, snapshot: str, created_at: datetime) -> Revision:
    return Revision(plain_id(key), number, Snapshot.from_json(snapshot), created_at)


def plain_id(value: UUID) -> UUID:
    """The driver's ids are of a class of their own, which not everything can write that gets an outcome."""
    return UUID(int=value.int)
