"""What would change if the things that a preview is of became public now: the same decisions as those of
the commands, with nothing locked and nothing written, and without their refusals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.entry_rows import load_revisions, plain_id
from masthead.content.commands.former import lost_by
from masthead.content.commands.states import EntryState, Revision
from masthead.model import ContentModel
from masthead.store import Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry that is to be shown with a revision (None: its head), or not at all."""

    entry: UUID
    revision: UUID | None = None
    is_shown: bool = True


_ENTRIES = """
SELECT id, type, head, published, is_derived, created_at, published_at, archived_at, owner
FROM masthead.entry WHERE id = ANY($1::uuid[]) AND archived_at IS NULL ORDER BY id
"""
_DERIVED = """
SELECT d.id, d.published IS NOT NULL AS is_public, EXISTS (
    SELECT FROM masthead.link AS l WHERE l.target = d.id AND l.stage = 'live' AND l.owner <> ALL($2::uuid[])
) AS is_held
FROM masthead.entry AS d
WHERE d.is_derived AND d.archived_at IS NULL AND d.id = ANY($1::uuid[]) AND d.id <> ALL($2::uuid[])
"""


async def load_states(
    transaction: Transaction, model: ContentModel, ids: Iterable[UUID]
) -> dict[UUID, EntryState]:
    """The entries that are there, by id."""
    types = {each.identity: each for each in model}
    rows = [row for row in await transaction.fetch(_ENTRIES, list(ids)) if row["type"] in types]
    shown = {row[name] for row in rows for name in ("head", "published") if row[name] is not None}
    revisions = await load_revisions(transaction, shown)
    return {
        plain_id(row["id"]): EntryState(
            plain_id(row["id"]),
            types[row["type"]],
            revisions[row["head"]],
            None if row["published"] is None else revisions[row["published"]],
            row["is_derived"],
            row["created_at"],
            row["published_at"],
            row["archived_at"],
            row["owner"],
        )
        for row in rows
    }


async def load_changes(
    transaction: Transaction, model: ContentModel, wanted: Sequence[Wanted], now: datetime
) -> list[Change]:
    """What is wanted as changes of the entries that are there, in the order of `wanted`."""
    states = await load_states(transaction, model, [each.entry for each in wanted])
    named = [each.revision for each in wanted if each.revision is not None]
    revisions = await load_revisions(transaction, named)
    return [
        Change(state, _after(state, each, revisions, now))
        for each in wanted
        if (state := states.get(each.entry)) is not None
    ]


async def load_flips(
    transaction: Transaction, model: ContentModel, changes: Sequence[Change], now: datetime
) -> list[Change]:
    """The derived entries that become public, or cease to be, because of the changes."""
    moved: set[str] = set()
    referred: set[str] = set()
    for each in changes:
        after = each.references_after(model, "live")
        referred |= after
        if each.is_shown_anew("live"):
            moved |= each.references_before(model, "live") ^ after
    own = [each.id for each in changes]
    rows = await transaction.fetch(_DERIVED, [UUID(each) for each in moved], own)
    wanted = {plain_id(row["id"]): row["is_held"] or str(row["id"]) in referred for row in rows}
    flipping = [row["id"] for row in rows if row["is_public"] != wanted[plain_id(row["id"])]]
    states = await load_states(transaction, model, flipping)
    return [Change(state, _flipped(state, now, is_public=wanted[key])) for key, state in states.items()]


def _after(
    state: EntryState, wanted: Wanted, revisions: Mapping[UUID, Revision], now: datetime
) -> EntryState:
    if not wanted.is_shown:
        return replace(state, published=None)
    revision = state.head if wanted.revision is None else revisions.get(wanted.revision)
    if revision is None or (state.published is not None and state.published.id == revision.id):
        return state
    if lost := lost_by(state, revision):
        # Publishing it makes a revision of that moment, which keeps the addresses.
        snapshot = replace(revision.snapshot, former=(*revision.snapshot.former, *lost))
        revision = replace(revision, snapshot=snapshot, created_at=now)
    return replace(state, published=revision, published_at=state.published_at or now)


def _flipped(state: EntryState, now: datetime, *, is_public: bool) -> EntryState:
    if not is_public:
        return replace(state, published=None)
    return replace(state, published=state.head, published_at=state.published_at or now)


def with_fields(change: Change, fields: Mapping[str, Any]) -> Change:
    """The change with other fields in what is to be public."""
    published = change.after.published
    if published is None:
        return change
    snapshot = replace(published.snapshot, fields=fields)
    return Change(change.before, replace(change.after, published=replace(published, snapshot=snapshot)))
