"""The rows of schema `masthead` that a turn leaves: entries, revisions, links."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.standings import Standing
from masthead.content.commands.turn import NewRevision, Turn
from masthead.store import STAGES

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
_WRITE = """
WITH entries AS (
    INSERT INTO masthead.entry (id, type, head, published, is_derived, created_at, published_at, archived_at,
        owner, updated_at, is_edited)
    SELECT *, $10::timestamptz, true FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::bool[],
        $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::uuid[])
    ON CONFLICT (id) DO UPDATE SET head = EXCLUDED.head, published = EXCLUDED.published,
        is_derived = EXCLUDED.is_derived, published_at = EXCLUDED.published_at,
        archived_at = EXCLUDED.archived_at, updated_at = EXCLUDED.updated_at, is_edited = true
), revisions AS (
    INSERT INTO masthead.revision (id, entry_id, number, snapshot, base, note, model, author, token, source,
        created_at)
    SELECT *, $17, $18, $19, $20, $10
    FROM unnest($11::uuid[], $12::uuid[], $13::int[], $14::jsonb[], $15::uuid[], $16::text[])
), kept AS (
    SELECT * FROM unnest($23::text[], $24::uuid[], $25::uuid[]) AS kept (stage, owner, target)
), gone AS (
    DELETE FROM masthead.link AS l USING unnest($21::text[], $22::uuid[]) AS o (stage, owner)
    WHERE (l.stage, l.owner) = (o.stage, o.owner) AND NOT EXISTS (
        SELECT FROM kept WHERE (kept.stage, kept.owner, kept.target) = (l.stage, l.owner, l.target))
)
INSERT INTO masthead.link (stage, owner, target) SELECT * FROM kept ON CONFLICT DO NOTHING
"""
"""All of it in one round trip. Links that stay are not touched."""


async def write_registry(turn: Turn, changes: Sequence[Change], there: dict[str, Standing]) -> None:
    """Write entries, revisions, and what the entries refer to."""
    deleted = [each.id for each in changes if each.after.is_deleted]
    if deleted:
        for statement in _DELETE:
            await turn.transaction.execute(statement, deleted)
    kept = [each for each in changes if not each.after.is_deleted]
    if not kept:
        return
    links = [row for each in kept for row in _links(turn, each, there)]
    targets = [(stage, owner, target) for stage, owner, found in links for target in found]
    origin = turn.actor.origin
    await turn.transaction.execute(
        _WRITE,
        *_columns([_entry_row(each) for each in kept], 9),
        turn.now,
        *_columns([_revision_row(each) for each in turn.revisions], 6),
        *(turn.model.digest, origin.account, origin.token, origin.source),
        *_columns([(stage, owner) for stage, owner, _ in links], 2),
        *_columns(targets, 3),
    )


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """The rows as PostgreSQL's unnest takes them: a list a column."""
    return [[row[index] for row in rows] for index in range(count)]


def _entry_row(change: Change) -> tuple[Any, ...]:
    state = change.after
    return (
        state.id,
        state.content_type.identity,
        state.head.id,
        None if state.published is None else state.published.id,
        state.is_derived,
        state.created_at,
        state.published_at,
        state.archived_at,
        state.owner,
    )


def _revision_row(new: NewRevision) -> tuple[Any, ...]:
    return (
        new.revision.id,
        new.entry,
        new.revision.number,
        new.revision.snapshot.to_json(),
        new.base,
        new.note,
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
