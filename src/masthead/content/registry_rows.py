"""The rows of schema `masthead` that an import writes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.records import Record
from masthead.content.snapshot import Snapshot
from masthead.content.work import ImportPlan, SourceRow, Work
from masthead.model import ContentModel
from masthead.store import STAGES, Stage, Transaction, registry


async def write_entries(transaction: Transaction, works: Sequence[Work], now: datetime) -> None:
    """Insert the new entries and bring the others to their new heads."""
    rows = [
        (
            work.entry.id,
            work.content_type.identity,
            work.revision,
            work.revision if work.is_public else None,
            work.is_derived,
            work.entry.created_at,
            now,
            work.published_at(now),
        )
        for work in works
    ]
    columns = ["id", "type", "head", "published", "is_derived", "created_at", "updated_at", "published_at"]
    new = [row for row, work in zip(rows, works, strict=True) if work.entry.is_new]
    await transaction.copy(registry.entry, columns, new)
    old = [row for row, work in zip(rows, works, strict=True) if not work.entry.is_new]
    await transaction.execute_many(
        "UPDATE masthead.entry SET type = $2, head = $3, published = $4, is_derived = $5, updated_at = $7, "
        "published_at = $8, archived_at = NULL, is_edited = false "
        "WHERE id = $1 AND $6::timestamptz IS NOT NULL",
        old,
    )


async def write_revisions(
    transaction: Transaction, pairs: Sequence[tuple[Work, Record]], model: ContentModel, now: datetime
) -> None:
    """Append the revisions, with the texts as they are stored, and the files they were made of."""
    revisions: list[tuple[Any, ...]] = []
    files: list[tuple[Any, ...]] = []
    for work, record in pairs:
        fields = record.head.fields if record.head is not None else {}
        snapshot = Snapshot(fields, work.extra, work.aliases, work.former).to_json()
        revisions.append((work.revision, work.entry.id, work.number, snapshot, model.digest, "import", now))
        if work.source is not None and work.source.raw is not None:
            files.append((work.revision, work.source.path, work.source.raw))
    columns = ["id", "entry_id", "number", "snapshot", "model", "source", "created_at"]
    await transaction.copy(registry.revision, columns, revisions)
    await transaction.copy(registry.revision_file, ["revision_id", "path", "content"], files)


async def write_sources(transaction: Transaction, plan: ImportPlan, origin: str) -> None:
    """Say which file is which entry."""
    await transaction.execute(
        "DELETE FROM masthead.source_file WHERE origin = $1 AND path = ANY($2::text[])",
        origin,
        list(plan.forgotten),
    )
    sources: list[tuple[UUID, SourceRow]] = [
        *((work.entry.id, work.source) for work in plan.works if work.source is not None),
        *plan.relocated,
    ]
    paths = [source.path for _, source in sources]
    await transaction.execute(
        "DELETE FROM masthead.source_file WHERE origin = $1 AND path = ANY($2::text[])", origin, paths
    )
    await transaction.copy(
        registry.source_file,
        ["origin", "path", "digest", "entry_id", "context", "facts"],
        [(origin, each.path, each.digest, entry, each.context, each.facts) for entry, each in sources],
    )


async def write_links(transaction: Transaction, records: Sequence[Record]) -> None:
    """Replace what the records refer to. An id in a text that is nobody's is not a reference."""
    ids = [record.id for record in records]
    await transaction.execute("DELETE FROM masthead.link WHERE owner = ANY($1::uuid[])", ids)
    rows = [
        (stage, record.id, UUID(target))
        for record in records
        for stage in STAGES
        for target in sorted(record.references(stage))
    ]
    wanted = list({target for _, _, target in rows})
    found = await transaction.fetch("SELECT id FROM masthead.entry WHERE id = ANY($1::uuid[])", wanted)
    there = {row["id"] for row in found}
    known = [row for row in rows if row[2] in there]
    await transaction.copy(registry.link, ["stage", "owner", "target"], known)


async def archive(transaction: Transaction, ids: Sequence[UUID], now: datetime) -> None:
    """Take entries out of both stages; their revisions stay."""
    await transaction.execute(
        "UPDATE masthead.entry SET published = NULL, archived_at = $2 WHERE id = ANY($1::uuid[])",
        list(ids),
        now,
    )
    await transaction.execute("DELETE FROM masthead.link WHERE owner = ANY($1::uuid[])", list(ids))


async def flip_derived(
    transaction: Transaction, now: datetime, among: Sequence[UUID] | None = None
) -> list[UUID]:
    """Make derived entries public exactly when a published entry refers to them; return those that
    changed. `link` has rows of stage `live` for published entries only. `among` are all that may have
    changed; None: any."""
    rows = await transaction.fetch(
        """
        UPDATE masthead.entry AS e
        SET published = CASE WHEN w.is_wanted THEN e.head END,
            published_at = coalesce(e.published_at, CASE WHEN w.is_wanted THEN $1::timestamptz END)
        FROM (
            SELECT d.id, EXISTS (
                SELECT FROM masthead.link AS l WHERE l.target = d.id AND l.stage = 'live'
            ) AS is_wanted
            FROM masthead.entry AS d
            WHERE d.is_derived AND d.archived_at IS NULL AND ($2::uuid[] IS NULL OR d.id = ANY($2))
        ) AS w
        WHERE e.id = w.id AND (e.published IS NOT NULL) <> w.is_wanted
        RETURNING e.id
        """,
        now,
        among,
    )
    return [row["id"] for row in rows]


async def referrers(
    transaction: Transaction, targets: Iterable[UUID], stages: Sequence[Stage] = STAGES
) -> set[UUID]:
    """Who refers to one of the targets, in one of the stages."""
    rows = await transaction.fetch(
        "SELECT DISTINCT owner FROM masthead.link WHERE target = ANY($1::uuid[]) AND stage = ANY($2::text[])",
        list(targets),
        list(stages),
    )
    return {row["owner"] for row in rows}
