"""The hybrid path: Python computes some fields of an answer, and PostgreSQL has spelled all the rest.

A function is called once for its field in an operation, with all parents from all places of the answer, each
different one once. Only the hidden objects (see `computed`) become Python objects; the bytes around them
are never decoded.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import cached_property
from inspect import iscoroutinefunction
from typing import Any

import orjson
import structlog

from masthead.kernel import operation
from masthead.model import ContentModel, Functions, Parent
from masthead.query.answer_paths import Path, paths_at
from masthead.query.computed import BEGIN, END
from masthead.query.computed_values import Encode, encoder
from masthead.query.parents import parent_reader
from masthead.query.slot import Slot

log = structlog.get_logger("masthead.query")

MOST_THREADS = 8
"""Functions that are not `async` run in threads of their own, so that none of them stops the others."""

Values = list[bytes | Exception]
Call = Callable[[list[Any]], Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """A computed value that is null because it could not be had. What happened is in the log alone."""

    path: Path
    field: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class _Maker:
    """How the values of one field are made: parents are read, the function is called, values are spelled."""

    call: Call
    read: Callable[[Sequence[Any]], Parent]
    encode: Encode


class _LateError(Exception):
    """A function was not done in time."""


class FieldComputer:
    """Computes the fields of a model with the functions of its content.py, each within `seconds`."""

    def __init__(self, model: ContentModel, functions: Functions, seconds: float) -> None:
        self._model = model
        self._functions = functions
        self._seconds = seconds
        self._made: dict[Slot, _Maker] = {}

    async def complete(self, slots: Sequence[Slot], json: bytes) -> tuple[bytes, list[Failure]]:
        """The answer with the values of `slots` in the place of what was hidden there."""
        hidden = _Hidden(json, len(slots))
        with operation():
            computed = await asyncio.gather(
                *(self._values(slot, list(each)) for slot, each in zip(slots, hidden.parents, strict=True))
            )
        pieces, failed = [], []
        for piece, place in zip(hidden.pieces, hidden.places, strict=False):
            value = computed[place.slot][place.parent]
            pieces += [piece, value if isinstance(value, bytes) else b"null"]
            if not isinstance(value, bytes):
                failed.append((place, value))
        pieces.append(hidden.pieces[-1])
        paths = paths_at(json, [place.offset for place, _ in failed])
        return b"".join(pieces), [
            Failure(path, slots[place.slot].api_name, isinstance(error, _LateError))
            for path, (place, error) in zip(paths, failed, strict=True)
        ]

    async def _values(self, slot: Slot, hidden: Sequence[bytes]) -> Values:
        """The JSON of a value for each parent, or why there is none."""
        if not hidden:
            return []
        try:
            maker = self._maker(slot)
            parents = _parents(maker, hidden)
            values = _spelled(slot, maker, await self._called(slot, maker.call, parents), len(parents))
        except Exception as error:  # the function's own: null, an error at each path, and the log says why
            log.warning("field.failed", field=str(slot), parents=len(hidden), exc_info=error)
            return [error] * len(hidden)
        failed = [each for each in values if isinstance(each, Exception)]
        if failed:
            log.warning("field.failed", field=str(slot), parents=len(failed), exc_info=failed[0])
        return values

    def _maker(self, slot: Slot) -> "_Maker":
        """Made at the first use of a field: the checks of its values take a millisecond to build."""
        if (made := self._made.get(slot)) is None:
            content_type = self._model[slot.type]
            field = next(each for each in content_type.computed if each.name == slot.field)
            function = self._functions[slot.type, slot.field]
            read = parent_reader(content_type, field, function.enums)
            made = self._made[slot] = _Maker(function.call, read, encoder(field, slot.names))
        return made

    async def _called(self, slot: Slot, call: Call, parents: list[Parent]) -> Any:
        try:
            async with asyncio.timeout(self._seconds) as limit:
                if iscoroutinefunction(call):
                    return await call(parents)
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._threads, copy_context().run, _run, call, parents)
        except TimeoutError as error:
            raise (_LateError(f"{slot} took over {self._seconds} s") if limit.expired() else error) from error
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise  # the whole operation was given up
            raise RuntimeError(f"{slot} awaited what was cancelled") from error

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="computed-field")


def _parents(maker: _Maker, hidden: Sequence[bytes]) -> list[Parent]:
    found = orjson.loads(b"[%b]" % b",".join(hidden))
    return [maker.read(list(each.values())[1:-1]) for each in found]


def _spelled(slot: Slot, maker: _Maker, values: Any, count: int) -> Values:
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        raise TypeError(f"{slot} returned {type(values).__name__}, not a list of values")
    if len(values) != count:
        raise ValueError(f"{slot} returned {len(values)} values for {count} parents")
    spelled: Values = []
    for value in values:
        try:
            spelled.append(_failed(value) or maker.encode(value))
        except (ValueError, TypeError) as error:
            spelled.append(error)
    return spelled


def _run(call: Call, parents: list[Parent]) -> Any:
    """In a thread: a StopIteration, as a bare `next` raises it, would never leave its future."""
    try:
        return call(parents)
    except StopIteration as error:
        raise RuntimeError("the function raised StopIteration") from error


def _failed(value: Any) -> Exception | None:
    return value if isinstance(value, Exception) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a hidden object began, whose it is, and which of its field's parents it holds."""

    offset: int
    slot: int
    parent: int


class _Hidden:
    """An answer, taken apart at its hidden objects: `pieces` stand before each of them and behind the last;
    `parents` are the different ones of each slot."""

    def __init__(self, json: bytes, slots: int) -> None:
        self.pieces: list[bytes] = []
        self.places: list[_Place] = []
        self.parents: list[dict[bytes, int]] = [{} for _ in range(slots)]
        end = 0
        while found := BEGIN.search(json, end):
            begin, slot = found.start(), int(found[1])
            self.pieces.append(json[end:begin])
            end = json.index(END, begin) + len(END)
            hidden = json[begin:end]
            parents = self.parents[slot]
            self.places.append(_Place(begin, slot, parents.setdefault(hidden, len(parents))))
        self.pieces.append(json[end:])
