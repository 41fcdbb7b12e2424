"""Entries and revisions as commands read and write them in schema `masthead`."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from masthead.content.commands.states import EntryState, Revision
from masthead.content.snapshot import Snapshot
from masthead.model import ContentModel
from masthead.store import Transaction

_ENTRIES = """
SELECT id, type, head, published, is_derived, created_at, published_at, archived_at, owner
FROM masthead.entry WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
"""
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
    shown = {row[name] for row in rows for name in ("head", "published") if row[name] is not None}
    revisions = await load_revisions(transaction, shown)
    return [
        EntryState(
            plain_id(row["id"]),
            types[row["type"]],
            revisions[row["head"]],
            None if row["published"] is None else revisions[row["published"]],
            row["is_derived"],
            row["created_at"],
            row["published_at"],
            row["archived_at"],
            None if row["owner"] is None else plain_id(row["owner"]),
        )
        for row in rows
    ]


async def load_revisions(
    transaction: Transaction, ids: Iterable[UUID], *, of: UUID | None = None
) -> dict[UUID, Revision]:
    """Revisions by id; only those of one entry, where it is named."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await transaction.fetch(_REVISIONS, wanted, of)
    return {row["id"]: _revision(row) for row in rows}


def _revision(row: Mapping[str, Any]) -> Revision:
    return Revision(
        plain_id(row["id"]), row["number"], Snapshot.from_json(row["snapshot"]), row["created_at"]
    )


def plain_id(value: UUID) -> UUID:
    """The driver's ids are of a class of their own, which not everything can write that gets an outcome."""
    return UUID(int=value.int)
