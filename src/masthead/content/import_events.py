"""What others learn of an import: the events that commands would have recorded for the same changes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from masthead.content.records import Record, World
from masthead.content.work import ImportPlan, Work
from masthead.events import Event
from masthead.model import ContentModel
from masthead.store import Transaction

CAUSE = "import"

_HEADS = """
SELECT e.id, e.type, e.head, r.number FROM masthead.entry AS e JOIN masthead.revision AS r ON r.id = e.head
WHERE e.id = ANY($1::uuid[]) ORDER BY e.id
"""


async def import_events(
    transaction: Transaction,
    model: ContentModel,
    plan: ImportPlan,
    records: Sequence[Record],
    before: World,
    flipped: Collection[UUID],
) -> list[Event]:
    """One or more for each entry that is another now, once it is written. `records` are the entries as they
    are, `before` is what of those that the plan names was there; `flipped` are derived entries that have
    become public, or are so no more."""
    by_id = {record.id: record for record in records}
    events = [event for work in plan.works for event in _of_work(work, by_id[work.entry.id], before)]
    others = sorted({*plan.archived, *flipped} - {work.entry.id for work in plan.works})
    names = {each.identity: each.name for each in model}
    for row in await transaction.fetch(_HEADS, others) if others else ():
        key = UUID(bytes=row["id"].bytes)
        said = {"type": names.get(row["type"], row["type"]), "number": row["number"]}
        events.append(_of_other(key, row["head"], said, by_id.get(key), before))
    return events


def _of_work(work: Work, record: Record, before: World) -> Iterator[Event]:
    """A new revision, and what it means for the entry."""
    was_public, is_public = str(work.entry.id) in before.live, record.published is not None
    former = before.live.get(str(work.entry.id))
    said = {
        "type": work.content_type.name,
        "number": work.number,
        **_paths(record.address("live") or record.address("draft"), former),
        "state": "published" if is_public else "draft",
    }
    names = ["created" if work.entry.is_new else "saved"]
    if work.entry.archived_at is not None:
        names.insert(0, "unarchived")
    if is_public:
        names.append("published")
    elif was_public:
        names.append("unpublished")
    for name in names:
        yield _event(name, work.entry.id, work.revision, said)


def _of_other(key: UUID, head: UUID, said: Mapping[str, Any], record: Record | None, before: World) -> Event:
    """An entry that has no new revision: one that was archived, or a derived one."""
    if record is None:
        return _event(
            "archived", key, head, {**said, **_paths(None, before.live.get(str(key))), "state": "archived"}
        )
    is_public = record.published is not None
    path = record.address("draft")  # a derived entry has one revision, in whatever stage it is
    more = {**_paths(path, None), "state": "published" if is_public else "draft"}
    return _event("published" if is_public else "unpublished", key, head, {**said, **more})


def _paths(path: str | None, former: str | None) -> dict[str, str | None]:
    return {"path": path, "formerPath": former if former != path else None}


def _event(name: str, entry: UUID, revision: UUID, data: Mapping[str, Any]) -> Event:
    return Event(f"content.entry.{name}.v1", entry, revision, data, CAUSE)
