"""The rows of schema `masthead` that a turn leaves: entries, revisions, links."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.standings import Standing
from masthead.content.commands.turn import Turn
from masthead.store import STAGES

_INSERT = """
INSERT INTO masthead.entry (id, type, head, published, is_derived, created_at, updated_at, published_at,
    archived_at, owner, is_edited)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true)
ON CONFLICT (id) DO UPDATE SET head = EXCLUDED.head, published = EXCLUDED.published,
    is_derived = EXCLUDED.is_derived, updated_at = EXCLUDED.updated_at,
    published_at = EXCLUDED.published_at, archived_at = EXCLUDED.archived_at, is_edited = true
"""
_REVISION = """
INSERT INTO masthead.revision
    (id, entry_id, number, snapshot, model, author, token, base, source, note, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
_DELETE = (
    # The entry takes its items of releases, schedules, previews and links along.
    "DELETE FROM masthead.entry WHERE id = ANY($1::uuid[])",
    (
        "DELETE FROM masthead.revision_file AS f USING masthead.revision AS r "
        "WHERE r.id = f.revision_id AND r.entry_id = ANY($1::uuid[])"
    ),
    "DELETE FROM masthead.revision WHERE entry_id = ANY($1::uuid[])",
    "DELETE FROM masthead.source_file WHERE entry_id = ANY($1::uuid[])",
)
_LINKS = """
WITH gone AS (
    DELETE FROM masthead.link WHERE stage = $1 AND owner = $2 AND target <> ALL($3::uuid[])
)
INSERT INTO masthead.link (stage, owner, target) SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING
"""


async def write_registry(turn: Turn, changes: Sequence[Change], there: dict[str, Standing]) -> None:
    """Write entries, revisions, and what the entries refer to."""
    deleted = [each.id for each in changes if each.after.is_deleted]
    if deleted:
        for statement in _DELETE:
            await turn.transaction.execute(statement, deleted)
    kept = [each for each in changes if not each.after.is_deleted]
    await turn.transaction.execute_many(_INSERT, [_entry_row(turn, each) for each in kept])
    rows = [_revision_row(turn, index) for index in range(len(turn.revisions))]
    if rows:
        await turn.transaction.execute_many(_REVISION, rows)
    links = [row for each in kept for row in _links(turn, each, there)]
    if links:
        await turn.transaction.execute_many(_LINKS, links)


def _entry_row(turn: Turn, change: Change) -> tuple[Any, ...]:
    state = change.after
    return (
        state.id,
        state.content_type.identity,
        state.head.id,
        None if state.published is None else state.published.id,
        state.is_derived,
        state.created_at,
        turn.now,
        state.published_at,
        state.archived_at,
        state.owner,
    )


def _revision_row(turn: Turn, index: int) -> tuple[Any, ...]:
    new = turn.revisions[index]
    origin = turn.actor.origin
    return (
        new.revision.id,
        new.entry,
        new.revision.number,
        new.revision.snapshot.to_json(),
        turn.model.digest,
        origin.account,
        origin.token,
        new.base,
        origin.source,
        new.note,
        turn.now,
    )


def _links(turn: Turn, change: Change, there: dict[str, Standing]) -> list[tuple[str, UUID, list[UUID]]]:
    """What each stage refers to, where that is another than before. An id in a text that is nobody's is
    not a reference."""
    rows: list[tuple[str, UUID, list[UUID]]] = []
    for stage in STAGES:
        if not change.is_shown_anew(stage):
            continue
        after = change.references_after(turn.model, stage)
        if after != change.references_before(turn.model, stage):
            rows.append((stage, change.id, [UUID(each) for each in sorted(after) if each in there]))
    return rows
