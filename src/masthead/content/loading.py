"""Records and worlds from the database."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from masthead.content.known import load_snapshots
from masthead.content.records import Record, Version, World
from masthead.content.snapshot import Snapshot
from masthead.model import ContentModel, ContentType
from masthead.store import Transaction


async def load_records(transaction: Transaction, model: ContentModel, ids: list[UUID]) -> list[Record]:
    """The entries with these ids that are not archived, with the revisions that their stages show."""
    if not ids:
        return []
    rows = await transaction.fetch(
        "SELECT e.id, e.type, e.head, e.published, e.created_at, e.published_at, "
        "h.created_at AS head_at, p.created_at AS live_at FROM masthead.entry AS e "
        "JOIN masthead.revision AS h ON h.id = e.head "
        "LEFT JOIN masthead.revision AS p ON p.id = e.published "
        "WHERE e.id = ANY($1::uuid[]) AND e.archived_at IS NULL ORDER BY e.id",
        ids,
    )
    wanted = {row[name] for row in rows for name in ("head", "published") if row[name] is not None}
    snapshots = await load_snapshots(transaction, list(wanted))
    by_identity = {each.identity: each for each in model}
    return [
        _record(model, by_identity[row["type"]], row, snapshots) for row in rows if row["type"] in by_identity
    ]


def _record(
    model: ContentModel, content_type: ContentType, row: Mapping[str, Any], snapshots: Mapping[UUID, str]
) -> Record:
    head = _version(snapshots[row["head"]], row["head_at"])
    published = head
    if row["published"] != row["head"]:
        shown = row["published"]
        published_version = None if shown is None else _version(snapshots[shown], row["live_at"])
        return _made(model, content_type, row, head, published_version)
    return _made(model, content_type, row, head, published)


def _made(
    model: ContentModel,
    content_type: ContentType,
    row: Mapping[str, Any],
    head: Version,
    published: Version | None,
) -> Record:
    return Record(model, row["id"], content_type, row["created_at"], row["published_at"], head, published)


def _version(text: str, created_at: Any) -> Version:
    snapshot = Snapshot.from_json(text)
    return Version(snapshot.fields, created_at, snapshot.old_addresses)


async def load_world(
    transaction: Transaction, model: ContentModel, ids: Iterable[str], fresh: Iterable[Record]
) -> World:
    """What the stages have of the entries `ids`. The addresses of `fresh` records are their own: the
    tables do not have them yet."""
    by_id = {str(record.id): record for record in fresh}
    rows = await transaction.fetch(
        "SELECT e.id, e.type, e.published IS NOT NULL AS is_public FROM masthead.entry AS e "
        "WHERE e.id = ANY($1::uuid[]) AND e.archived_at IS NULL",
        list({*map(UUID, ids)}),
    )
    live: dict[str, str | None] = {}
    draft: dict[str, str | None] = {}
    stored = await _stored_paths(
        transaction, model, [row["id"] for row in rows if str(row["id"]) not in by_id]
    )
    for row in rows:
        name = str(row["id"])
        record = by_id.get(name)
        draft[name] = record.address("draft") if record else stored["draft"].get(name)
        if row["is_public"]:
            live[name] = record.address("live") if record else stored["live"].get(name)
    return World(live, draft)


async def _stored_paths(
    transaction: Transaction, model: ContentModel, ids: list[UUID]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"live": {}, "draft": {}}
    if not ids:
        return found
    for stage, paths in found.items():
        tables = " UNION ALL ".join(
            f'SELECT id, path FROM {stage}."{each.table}" WHERE id = ANY($1::uuid[])'  # noqa: S608 - physical names
            for each in model
            if each.path is not None
        )
        for row in await transaction.fetch(tables, ids):
            paths[str(row["id"])] = row["path"]
    return found
