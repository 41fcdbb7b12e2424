"""Keyed loads from outside, gathered into batches and remembered for one operation.

The semantics are those of the reference, graphql/dataloader (JavaScript): docs/decisions/0011-data-loader.md.
One difference is wanted: what is remembered belongs to an operation and not to the loader, so a loader is
declared once, beside the content types, and never shows one request what another has loaded.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from masthead.kernel.errors import InputError

K = TypeVar("K")
V = TypeVar("V")

Send = Callable[[], None]

QUIET_PASSES = 3
"""Passes of the event loop that add nothing to a batch before it is sent. Whoever was woken by the same
answer, also through a `gather`, asks for its next key within them."""


class DataLoader(Generic[K, V]):
    """Loads values by key: `load_batch` gets the keys that were asked for at the same time, each once, and
    returns as many values in their order, an exception in the place of each that failed.

    A batch has at most `max_batch_size` keys. Without `is_batched` every key is a batch of its own; without
    `is_cached` every load asks again, and a batch may hold a key twice. `cache_key` gives what equal keys
    have in common, for keys that cannot be hashed. `schedule` is called with a function that sends the batch.
    """

    def __init__(
        self,
        load_batch: Callable[[list[K]], Awaitable[Sequence[V | Exception]]],
        *,
        max_batch_size: int | None = None,
        is_batched: bool = True,
        is_cached: bool = True,
        cache_key: Callable[[K], Hashable] | None = None,
        schedule: Callable[[Send], None] | None = None,
    ) -> None:
        if not callable(load_batch):
            raise InputError(
                "loader-function",
                f"A DataLoader is made of {load_batch!r}.",
                "Give it an async function that takes a list of keys and returns a list of values.",
            )
        if max_batch_size is not None and max_batch_size < 1:
            raise InputError(
                "loader-batch-size",
                f"max_batch_size is {max_batch_size}.",
                "Give at least 1, or none.",
            )
        self._load_batch = load_batch
        self._size = max_batch_size if is_batched else 1
        self._is_cached = is_cached
        self._cache_key = cache_key
        self._schedule = schedule

    def load(self, key: K) -> Awaitable[V]:
        """The value of the key, or the exception that its load ended in. It is asked for at once, whether
        or not anybody awaits it. Raises InputError for None and outside of an operation."""
        if key is None:
            raise InputError("loader-key", "A DataLoader was asked for the key None.", "Leave it out.")
        work, known_as = self._work(), self._known_as(key)
        batch = work.batch_for(self._size) or self._begin_batch(work)
        if self._is_cached and (known := work.cache.get(known_as)) is not None:
            batch.hits += 1  # it is given with the batch, so that whoever waits for either goes on together
            return _Loading(known, batch.settled)
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_note)
        if self._is_cached:
            work.cache[known_as] = future
        batch.keys.append(key)
        batch.futures.append(future)
        return _Loading(future)

    def load_many(self, keys: Iterable[K]) -> Awaitable[list[V | Exception]]:
        """The values of the keys, in their order, with an exception in the place of each that failed."""
        return _all([self.load(key) for key in keys])

    def clear(self, key: K) -> "DataLoader[K, V]":
        """Forget the key: the next load of it asks again."""
        self._work().cache.pop(self._known_as(key), None)
        return self

    def clear_all(self) -> "DataLoader[K, V]":
        """Forget everything that this operation has loaded."""
        self._work().cache.clear()
        return self

    def prime(self, key: K, value: V | Exception) -> "DataLoader[K, V]":
        """Remember a value that is known already; what is remembered of the key stays."""
        work, known_as = self._work(), self._known_as(key)
        if self._is_cached and known_as not in work.cache:
            future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
            future.add_done_callback(_note)
            _settle(future, value)
            work.cache[known_as] = future
        return self

    def _known_as(self, key: K) -> Hashable:
        known_as = key if self._cache_key is None else self._cache_key(key)
        if not isinstance(known_as, Hashable):
            raise InputError(
                "loader-key", f"The key {key!r} cannot be hashed.", "Give the DataLoader a `cache_key`."
            )
        return known_as

    def _work(self) -> "_Work":
        operation = _operation.get()
        if operation is None:
            raise InputError(
                "loader-outside",
                "A DataLoader was used outside of an operation, and would not know for how long to remember.",
                "In a test or a script, use it within `with mh.operation():`.",
            )
        return operation.setdefault(self, _Work())

    def _begin_batch(self, work: "_Work") -> "_Batch":
        loop = asyncio.get_running_loop()
        work.batch = batch = _Batch(loop.create_future())

        def send() -> None:
            if not batch.is_sent:
                batch.is_sent = True
                work.sent[batch] = loop.create_task(self._run(batch, work))

        if self._schedule is not None:
            self._schedule(send)
        else:
            loop.call_soon(_when_quiet, loop, batch, send, 0, QUIET_PASSES)
        return batch

    async def _run(self, batch: "_Batch", work: "_Work") -> None:
        try:
            values: Sequence[Any] = []
            if batch.keys:
                values = _checked(batch.keys, await self._load_batch(list(batch.keys)))
        except Exception as error:  # the whole batch failed: none of its keys is remembered
            for key, future in zip(batch.keys, batch.futures, strict=True):
                if work.cache.get(known_as := self._known_as(key)) is future:
                    del work.cache[known_as]
            values = [error] * len(batch.keys)
        del work.sent[batch]
        batch.settled.set_result(None)
        for future, value in zip(batch.futures, values, strict=True):
            _settle(future, value)


@contextmanager
def operation() -> Iterator[None]:
    """One operation: what DataLoaders load in this block is remembered until it ends, and what they have
    not loaded by then is given up. Masthead opens one around each operation of the APIs."""
    works: dict[DataLoader[Any, Any], _Work] = {}
    token = _operation.set(works)
    try:
        yield
    finally:
        _operation.reset(token)
        for work in works.values():
            work.give_up()


@dataclass(eq=False, slots=True)
class _Batch:
    """Keys that are asked for together; `hits` are loads of known keys that are given with them."""

    settled: "asyncio.Future[None]"
    keys: list[Any] = field(default_factory=list)
    futures: list["asyncio.Future[Any]"] = field(default_factory=list)
    hits: int = 0
    is_sent: bool = False


@dataclass(eq=False, slots=True)
class _Work:
    """What one loader does and knows in one operation."""

    cache: dict[Hashable, "asyncio.Future[Any]"] = field(default_factory=dict)
    batch: _Batch | None = None
    sent: dict[_Batch, "asyncio.Task[None]"] = field(default_factory=dict)

    def batch_for(self, size: int | None) -> _Batch | None:
        """The batch that a further key may join."""
        batch = self.batch
        if batch is None or batch.is_sent:
            return None
        is_full = size is not None and max(len(batch.keys), batch.hits) >= size
        return None if is_full else batch

    def give_up(self) -> None:
        """Send nothing more, and end what is under way."""
        for task in self.sent.values():
            task.cancel()
        for batch in (*self.sent, *([self.batch] if self.batch else [])):
            batch.is_sent = True
            for future in (batch.settled, *batch.futures):
                future.cancel()


class _Loading(Generic[V]):
    """A load under way. Any number of tasks may await it; none of them takes it from the others when it is
    cancelled."""

    __slots__ = ("_after", "_future")

    def __init__(self, future: "asyncio.Future[V]", after: "asyncio.Future[None] | None" = None) -> None:
        self._future = future
        self._after = after

    def __await__(self) -> Generator[Any, None, V]:
        if self._after is not None and not self._after.done():
            yield from asyncio.shield(self._after).__await__()
        if not self._future.done():
            yield from asyncio.shield(self._future).__await__()
        return self._future.result()


_operation: ContextVar[dict[DataLoader[Any, Any], _Work] | None] = ContextVar("operation", default=None)


def _when_quiet(loop: asyncio.AbstractEventLoop, batch: _Batch, send: Send, loads: int, passes: int) -> None:
    now = len(batch.keys) + batch.hits
    left = QUIET_PASSES if now != loads else passes - 1
    if left:
        loop.call_soon(_when_quiet, loop, batch, send, now, left)
    else:
        send()


async def _all(loads: Sequence[Awaitable[V]]) -> list[V | Exception]:
    values: list[V | Exception] = []
    for load in loads:
        try:
            values.append(await load)
        except Exception as error:
            values.append(error)
    return values


def _checked(keys: Sequence[K], values: object) -> Sequence[Any]:
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        raise TypeError(f"a DataLoader's function returned {type(values).__name__}, not a list of values")
    if len(values) != len(keys):
        raise TypeError(f"a DataLoader's function returned {len(values)} values for {len(keys)} keys")
    return values


def _settle(future: "asyncio.Future[Any]", value: Any) -> None:
    if isinstance(value, StopIteration):  # which a future cannot carry
        value = RuntimeError("the load ended in StopIteration")
    if isinstance(value, Exception):
        future.set_exception(value)
    else:
        future.set_result(value)


def _note(future: "asyncio.Future[Any]") -> None:
    """Its exception is known to whoever awaits it; nobody has to."""
    if not future.cancelled():
        future.exception()
