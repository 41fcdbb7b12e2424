"""A bounded memory of rendered pages: one render for many askers, and nothing older than the last change.

Knows no HTTP. A value lies on a shelf; each shelf has its own bound in bytes, so that what anyone can
make up (query strings, addresses that do not exist) never pushes out the pages that people read.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

V = TypeVar("V")
Outcome = Literal["hit", "miss", "joined", "uncached"]


@dataclass(frozen=True, slots=True)
class Filling(Generic[V]):
    """What a render gave. `shelf` is None for what must not be kept; `size` is in bytes."""

    value: V
    size: int
    shelf: str | None


@dataclass(slots=True)
class _Shelf(Generic[V]):
    capacity: int
    used: int
    entries: OrderedDict[Hashable, Filling[V]]


class PageCache(Generic[V]):
    """An LRU a shelf, single flight, and a generation that makes fills from before a purge worthless."""

    def __init__(self, capacities: Mapping[str, int]) -> None:
        self._shelves = {name: _Shelf[V](capacity, 0, OrderedDict()) for name, capacity in capacities.items()}
        self._pending: dict[Hashable, asyncio.Task[Filling[V]]] = {}
        self._generation = 0

    @property
    def used(self) -> int:
        """Bytes in use."""
        return sum(shelf.used for shelf in self._shelves.values())

    def peek(self, key: Hashable) -> V | None:
        """The kept value of `key`; None where there is none."""
        for shelf in self._shelves.values():
            found = shelf.entries.get(key)
            if found is not None:
                shelf.entries.move_to_end(key)
                return found.value
        return None

    async def get(self, key: Hashable, render: Callable[[], Awaitable[Filling[V]]]) -> tuple[V, Outcome]:
        """The value of `key`, rendered when it is not kept; all who ask meanwhile share one render.

        A render goes on when its first asker leaves. What it raises, every asker gets.
        """
        kept = self.peek(key)
        if kept is not None:
            return kept, "hit"
        task = self._pending.get(key)
        outcome: Outcome = "joined"
        if task is None:
            outcome = "miss"
            task = asyncio.create_task(self._fill(key, render, self._generation))
            self._pending[key] = task
            task.add_done_callback(_retrieve)
        filling = await asyncio.shield(task)
        return filling.value, "uncached" if filling.shelf is None and outcome == "miss" else outcome

    def purge(self) -> None:
        """Drop everything, and what is being rendered: it may have read what was there before."""
        self._generation += 1
        self._pending = {}
        for shelf in self._shelves.values():
            shelf.entries.clear()
            shelf.used = 0

    async def _fill(
        self, key: Hashable, render: Callable[[], Awaitable[Filling[V]]], generation: int
    ) -> Filling[V]:
        try:
            filling = await render()
            if generation == self._generation:
                self._keep(key, filling)
            return filling
        finally:
            if generation == self._generation:
                del self._pending[key]

    def _keep(self, key: Hashable, filling: Filling[V]) -> None:
        if filling.shelf is None:
            return
        shelf = self._shelves[filling.shelf]
        if filling.size > shelf.capacity:
            return
        shelf.entries[key] = filling
        shelf.used += filling.size
        while shelf.used > shelf.capacity:
            _, dropped = shelf.entries.popitem(last=False)
            shelf.used -= dropped.size


def _retrieve(task: "asyncio.Task[Filling[V]]") -> None:
    """Mark the exception of a render that nobody waits for any longer as seen."""
    if not task.cancelled():
        task.exception()
