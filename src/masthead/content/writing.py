"""One transaction writes an import: registry, revisions, both projections, routes.

The order matters. First who is there and who refers to whom; from that follows which derived entries
are public; only then is it known what a link in `live` may point to, and everything that changed, or
refers to what changed, is projected.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from masthead.content.import_events import import_events
from masthead.content.loading import load_records, load_world
from masthead.content.projection import Rows
from masthead.content.records import Record, World, rows_of, texts_of
from masthead.content.registry_rows import (
    archive,
    flip_derived,
    referrers,
    write_entries,
    write_links,
    write_revisions,
    write_sources,
)
from masthead.content.renderer import Renderer
from masthead.content.routes import write_routes
from masthead.content.stage_rows import StageWriter
from masthead.content.work import ImportPlan
from masthead.events import record_events
from masthead.model import ContentModel
from masthead.store import RAISE_GENERATION, STAGES, Stage, Transaction

_BATCH = 48
_AHEAD = 4
"""Batches that are rendered while one is written."""

_COMPRESSION = """
SELECT set_config('default_toast_compression', 'lz4', true)
FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)
"""
"""For this transaction, where the server was built with it: half the work of storing long texts."""

Projected = tuple[Record, Mapping[Stage, Rows]]


@dataclass(frozen=True, slots=True)
class PlanWriter:
    """Writes a plan in one transaction. `advance` is told how many of how many entries are projected."""

    transaction: Transaction
    model: ContentModel
    renderer: Renderer
    now: datetime
    advance: Callable[[int, int], None]

    async def write(self, plan: ImportPlan, origin: str) -> bool:
        """Write everything; tell whether what is public has changed."""
        await self.transaction.execute(_COMPRESSION)
        touched = [*(work.entry.id for work in plan.works), *plan.archived]
        before = await load_world(self.transaction, self.model, map(str, touched), ())
        fresh = await self._register(plan, origin)
        flipped = set(await flip_derived(self.transaction, self.now))
        fresh = [self._flipped(record) if record.id in flipped else record for record in fresh]
        changed = _changed(before, fresh, plan.archived) | flipped
        others = (await referrers(self.transaction, changed) | flipped) - set(touched)
        records = [*fresh, *await load_records(self.transaction, self.model, sorted(others))]
        await self._project(plan, records, [*touched, *sorted(others)])
        await write_routes(self.transaction, records, plan.archived)
        events = await import_events(self.transaction, self.model, plan, records, before, flipped)
        await record_events(self.transaction, events, self.now)
        is_public = before.live or any(record.published is not None for record in records)
        if is_public:
            await self.transaction.execute(RAISE_GENERATION)
        return bool(is_public)

    async def _register(self, plan: ImportPlan, origin: str) -> list[Record]:
        if plan.archived:
            await archive(self.transaction, plan.archived, self.now)
        await write_entries(self.transaction, plan.works, self.now)
        await write_sources(self.transaction, plan, origin)
        fresh = [work.record(self.model, self.now) for work in plan.works]
        await write_links(self.transaction, fresh)
        return fresh

    def _flipped(self, record: Record) -> Record:
        """A derived entry after its publication was turned round."""
        if record.published is not None:
            return replace(record, published=None)
        return replace(record, published=record.head, published_at=record.published_at or self.now)

    async def _project(self, plan: ImportPlan, records: Sequence[Record], stale: Sequence[UUID]) -> None:
        targets = {each for record in records for stage in STAGES for each in record.references(stage)}
        world = await load_world(self.transaction, self.model, targets, records)
        writer = StageWriter(self.transaction, self.model)
        await writer.remove(stale)
        works = {work.entry.id: work for work in plan.works}
        done = 0
        async for batch in _projected(records, world, self.renderer):
            made = [(works[record.id], record) for record, _ in batch if record.id in works]
            await write_revisions(self.transaction, made, self.model, self.now)
            await writer.add(batch)
            done += len(batch)
            self.advance(done, len(records))


def _changed(before: World, fresh: Sequence[Record], archived: Sequence[UUID]) -> set[UUID]:
    """The entries that are not as those that refer to them have shown them."""
    changed = set(archived)
    for record in fresh:
        name = str(record.id)
        is_public = record.published is not None
        if is_public != (name in before.live) or record.address("live") != before.live.get(name):
            changed.add(record.id)
        if name not in before.draft or record.address("draft") != before.draft[name]:
            changed.add(record.id)
    return changed


async def _projected(
    records: Sequence[Record], world: World, renderer: Renderer
) -> AsyncIterator[list[Projected]]:
    """The records with their rows, batch by batch; the next ones are rendered meanwhile."""
    ahead: deque[asyncio.Task[list[Projected]]] = deque()
    try:
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            ahead.append(asyncio.create_task(_project_batch(batch, world, renderer)))
            if len(ahead) > _AHEAD:
                yield await ahead.popleft()
        while ahead:
            yield await ahead.popleft()
    finally:
        for task in ahead:
            task.cancel()


async def _project_batch(batch: Sequence[Record], world: World, renderer: Renderer) -> list[Projected]:
    texts = [texts_of(record, world) for record in batch]
    shown = iter(await renderer.show([text for each in texts for _, text in each]))
    return [
        rows_of(record, each, [next(shown) for _ in each], world)
        for record, each in zip(batch, texts, strict=True)
    ]
