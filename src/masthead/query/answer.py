"""How the answer is put together: what is known before any row is read stands around what PostgreSQL sends.

PostgreSQL copies a JSON value whole for every object that it stands in. So the objects at the root of an
answer, which are there whatever the tables hold, are bytes of the plan, and a list that is all there is to
send comes as a row an item: 100 posts of 4 KB cost PostgreSQL 1.1 ms instead of 2.8 (bench.operations, Q4).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.query.sql import MOST_COLUMNS, literal


@dataclass(frozen=True, slots=True)
class Hole:
    """A value that the statement gives: an expression of type json."""

    sql: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An array that the statement gives: `rows` yields an item a row, `array` is an expression of it all."""

    rows: str
    array: str


@dataclass(frozen=True, slots=True)
class Framed:
    """An object that is there for certain. `common` are the statement's common tables that its holes use."""

    members: tuple[tuple[str, "Skeleton"], ...]
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FramedList:
    """An array of as many objects as are known before any row is read."""

    items: tuple[Framed, ...]


Skeleton = bytes | Hole | Listed | Framed | FramedList
"""An answer before any row is read; bytes are JSON that is known."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A statement, and the bytes around its values: around the columns of its one row, or, where
    `is_list`, before and behind its rows."""

    sql: str
    pieces: tuple[bytes, ...]
    is_list: bool = False


def assemble(skeleton: Skeleton) -> Assembly:
    """One statement for all holes; without a hole it is empty."""
    parts = _merged(_parts(skeleton))
    pieces = tuple(part for part in parts if isinstance(part, bytes))
    holes = [part for part in parts if not isinstance(part, bytes)]
    common = _common(skeleton)
    if not holes:
        return Assembly("", pieces)
    if len(holes) == 1 and isinstance(holes[0], Listed) and not common:
        before, behind = pieces
        return Assembly(holes[0].rows, (before + b"[", b"]" + behind), is_list=True)
    tables = f"WITH {', '.join(common)} " if common else ""
    values = [_sql(hole) for hole in holes]
    if len(values) > MOST_COLUMNS:  # more than a row can have
        return Assembly(f"{tables}SELECT ({_in_one(parts)})::json", (b"", b""))
    return Assembly(f"{tables}SELECT {', '.join(values)}", pieces)


def _parts(skeleton: Skeleton) -> Iterator[bytes | Hole | Listed]:
    if isinstance(skeleton, FramedList):
        for index, item in enumerate(skeleton.items):
            yield b"," if index else b"["
            yield from _parts(item)
        yield b"]" if skeleton.items else b"[]"
        return
    if not isinstance(skeleton, Framed):
        yield skeleton
        return
    for index, (key, value) in enumerate(skeleton.members):
        yield (b"," if index else b"{") + json.dumps(key).encode() + b":"
        yield from _parts(value)
    yield b"}" if skeleton.members else b"{}"


def _merged(parts: Iterator[bytes | Hole | Listed]) -> list[bytes | Hole | Listed]:
    """Bytes and holes in turn, beginning and ending with bytes."""
    merged: list[bytes | Hole | Listed] = [b""]
    for part in parts:
        last = merged[-1]
        if isinstance(part, bytes) and isinstance(last, bytes):
            merged[-1] = last + part
        else:
            merged += [part] if isinstance(part, bytes) else [part, b""]
    return merged


def _common(skeleton: Skeleton) -> list[str]:
    if isinstance(skeleton, FramedList):
        return [table for item in skeleton.items for table in _common(item)]
    if not isinstance(skeleton, Framed):
        return []
    return [*skeleton.common, *(table for _, value in skeleton.members for table in _common(value))]


def _in_one(parts: list[bytes | Hole | Listed]) -> str:
    """The text of the whole answer as one expression."""
    return " || ".join(
        literal(part.decode()) if isinstance(part, bytes) else f"coalesce({_sql(part)}::text, 'null')"
        for part in parts
    )


def _sql(hole: Hole | Listed) -> str:
    return hole.array if isinstance(hole, Listed) else hole.sql
