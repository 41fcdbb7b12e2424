"""A bounded memory of answers: made once for many askers, dropped by what they depend on.

Knows no HTTP. A value lies on a shelf; each shelf has its own bound in bytes, so that what anyone can make
up (query strings, addresses that do not exist) never pushes out what people read. Decision 23 goes through
the races between making an answer and dropping it. For one thread, as an event loop is.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar

from masthead.query.dependencies import Dependencies, DependencyIndex, is_changed
from masthead.store import Change

V = TypeVar("V")
Outcome = Literal["hit", "miss", "joined", "uncached", "bypass"]

MOST_CHANGES = 1000
"""Changes that one answer may see while it is made; beyond that it is not kept."""


@dataclass(frozen=True, slots=True)
class Filling(Generic[V]):
    """What was made. `shelf` is None for what must not be kept; `size` is in bytes. What depends on nobody
    knows what (None) is dropped by every change."""

    value: V
    size: int
    shelf: str | None
    dependencies: Dependencies | None = None
    is_touched: bool = False
    """Whether it was touched by a change while it was made, so that it may be old already."""


Make = Callable[[], Awaitable[Filling[V]]]


@dataclass(slots=True)
class _Shelf(Generic[V]):
    capacity: int
    used: int
    entries: OrderedDict[Hashable, Filling[V]]


@dataclass(slots=True, eq=False)
class _Fill(Generic[V]):
    """One that is being made, and the changes that were heard of since it began; None: unknown ones."""

    task: "asyncio.Task[Filling[V]] | None" = None
    changes: list[Change] | None = field(default_factory=list)

    def heard(self, change: Change | None) -> None:
        if change is None or self.changes is None or len(self.changes) >= MOST_CHANGES:
            self.changes = None
        else:
            self.changes.append(change)

    def is_touched(self, dependencies: Dependencies | None) -> bool:
        if self.changes is None:
            return True
        if dependencies is None:
            return bool(self.changes)
        return any(is_changed(dependencies, each) for each in self.changes)


class Memory(Generic[V]):
    """An LRU a shelf, single flight, an index of what each answer depends on."""

    def __init__(
        self, capacities: Mapping[str, int], knows_all: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        """Bytes of each shelf. `knows_all` tells whether every change that is committed was told of."""
        self._knows_all = knows_all
        self._shelves = {name: _Shelf[V](capacity, 0, OrderedDict()) for name, capacity in capacities.items()}
        self._capacity = sum(capacities.values())
        self._index: DependencyIndex[Hashable] = DependencyIndex()
        self._by_all: set[Hashable] = set()
        self._joinable: dict[Hashable, _Fill[V]] = {}
        self._fills: set[_Fill[V]] = set()
        self._waiting: dict[Hashable, asyncio.Task[Filling[V]]] = {}
        self._running: dict[Hashable, asyncio.Task[Filling[V]]] = {}
        self.counts: dict[str, int] = dict.fromkeys(("hit", "miss", "joined", "uncached", "bypass"), 0)
        self.drops: dict[str, int] = dict.fromkeys(("touched", "everything", "room"), 0)

    @property
    def capacity(self) -> int:
        """Bytes that there is room for."""
        return self._capacity

    @property
    def used(self) -> int:
        """Bytes in use."""
        return sum(shelf.used for shelf in self._shelves.values())

    def __len__(self) -> int:
        return sum(len(shelf.entries) for shelf in self._shelves.values())

    def peek(self, key: Hashable) -> V | None:
        """The kept value of `key`; None where there is none. Only for who knows that memory is good now."""
        for shelf in self._shelves.values():
            found = shelf.entries.get(key)
            if found is not None:
                shelf.entries.move_to_end(key)
                return found.value
        return None

    def has(self, key: Hashable) -> bool:
        """Whether there is a kept value, which may be old."""
        return any(key in shelf.entries for shelf in self._shelves.values())

    def hit(self, key: Hashable) -> V | None:
        """The kept value of `key`, counted where there is one. Only for who knows that memory is good now."""
        if (found := self.peek(key)) is not None:
            self.counts["hit"] += 1
        return found

    async def get(self, key: Hashable, make: Make[V]) -> tuple[Filling[V], Outcome]:
        """What `key` stands for, made when it is not kept; all who ask until the next change share that.

        Only for who knows that memory is good now: nothing is waited for before it is looked at. Making goes
        on when its first asker leaves. What it raises, every asker gets.
        """
        for shelf in self._shelves.values():
            if (kept := shelf.entries.get(key)) is not None:
                shelf.entries.move_to_end(key)
                self.counts["hit"] += 1
                return kept, "hit"
        fill = self._joinable.get(key)
        outcome: Outcome = "joined"
        if fill is None or fill.task is None:
            outcome = "miss"
            fill = self._begin(key, make)
        filling = await asyncio.shield(fill.task)  # type: ignore[arg-type]  # it has begun
        if filling.shelf is None and outcome == "miss":
            outcome = "uncached"
        self.counts[outcome] += 1
        return filling, outcome

    async def bypass(self, key: Hashable, make: Make[V]) -> V:
        """Made anew, because memory may be old; nothing is kept. Shared only by those who asked before it
        was begun: so however many ask, one is being made and one waits for it to end."""
        self.counts["bypass"] += 1
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = asyncio.create_task(self._anew(key, make))
            waiting.add_done_callback(_retrieve)
        return (await asyncio.shield(waiting)).value

    async def _anew(self, key: Hashable, make: Make[V]) -> Filling[V]:
        if (running := self._running.get(key)) is not None:
            await asyncio.wait({running})
        own = self._running[key] = self._waiting.pop(key)
        try:
            return await make()
        finally:
            if self._running.get(key) is own:
                del self._running[key]

    def change(self, change: Change | None) -> None:
        """Drop what it touches; None: everything. Who asks from here on shares nothing that was being made
        before: it may have been read before the change, and what it depends on is not known yet."""
        self._joinable = {}
        for fill in self._fills:
            fill.heard(change)
        if change is None:
            self._clear()
        else:
            touched = self._index.touched_by(change)
            self.drops["touched"] += len(touched)
            self.drops["everything"] += len(self._by_all)
            for key in (*touched, *self._by_all):
                self._drop(key)

    def _begin(self, key: Hashable, make: Make[V]) -> _Fill[V]:
        fill: _Fill[V] = _Fill()
        fill.task = asyncio.create_task(self._fill(key, make, fill))
        fill.task.add_done_callback(_retrieve)
        self._joinable[key] = fill
        self._fills.add(fill)
        return fill

    async def _fill(self, key: Hashable, make: Make[V], fill: _Fill[V]) -> Filling[V]:
        try:
            filling = await make()
            if await self._is_touched(fill, filling):
                return replace(filling, is_touched=True)
            self._keep(key, filling)
            return filling
        finally:
            self._fills.discard(fill)
            if self._joinable.get(key) is fill:
                del self._joinable[key]

    async def _is_touched(self, fill: _Fill[V], filling: Filling[V]) -> bool:
        """What it depends on was read after it: of several changes between, one that comes first may touch
        only what was, and the last one what is. So it is asked of all of them, or taken for touched."""
        if fill.is_touched(filling.dependencies):
            return True
        if filling.shelf is None or self._knows_all is None:
            return False
        return not await self._knows_all() or fill.is_touched(filling.dependencies)

    def _keep(self, key: Hashable, filling: Filling[V]) -> None:
        self._drop(key)
        if filling.shelf is None or filling.size > self._shelves[filling.shelf].capacity:
            return
        shelf = self._shelves[filling.shelf]
        shelf.entries[key] = filling
        shelf.used += filling.size
        if filling.dependencies is None:
            self._by_all.add(key)
        else:
            self._index.add(key, filling.dependencies)
        while shelf.used > shelf.capacity:
            self._drop(next(iter(shelf.entries)))
            self.drops["room"] += 1

    def _drop(self, key: Hashable) -> None:
        for shelf in self._shelves.values():
            if (dropped := shelf.entries.pop(key, None)) is not None:
                shelf.used -= dropped.size
        self._index.discard(key)
        self._by_all.discard(key)

    def _clear(self) -> None:
        self.drops["everything"] += len(self)
        self._index = DependencyIndex()
        self._by_all.clear()
        for shelf in self._shelves.values():
            shelf.entries.clear()
            shelf.used = 0


def _retrieve(task: "asyncio.Task[Filling[V]]") -> None:
    """Mark the exception of a fill that nobody waits for any longer as seen."""
    if not task.cancelled():
        task.exception()
