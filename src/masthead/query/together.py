"""Many answers of one plan in one statement: its SQL runs over a table of arguments, a row an answer.

PostgreSQL plans and starts a statement once, and the driver sends one. Each answer has the bytes that the
plan's own statement would give.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from masthead.query.executed import RowReader
from masthead.query.plan import Plan, Rows

_PARAMETER = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$])\$(?P<number>\d+)::(?P<type>\w+(?:\[\])?)(?![\w\[])"""
)
"""A parameter as `Sketch.bind` spells it. What is quoted is passed over: it may hold anything."""


@dataclass(frozen=True, slots=True)
class Together:
    """`sql` takes an array for each parameter of the plan, and yields the number of an answer and that of its
    row before the values of the row. `lists` are the parameters that are lists: they travel as text."""

    plan: Plan
    sql: str
    lists: frozenset[int]

    def arguments(self, asked: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Those of `sql`, for the arguments of each answer."""
        columns = [list(column) for column in zip(*asked, strict=True)]
        for index in self.lists:
            columns[index] = [None if each is None else array_text(each) for each in columns[index]]
        return columns

    def rows(self, rows: Rows, count: int) -> list[Rows]:
        """The rows of each of that many answers, in the order of their arguments."""
        found: list[list[Any]] = [[] for _ in range(count)]
        for row in rows:
            number, position, *values = row
            found[int(number or 0) - 1].append((position, values))
        for each in found:
            each.sort(key=_position)
        return [[values for _, values in each] for each in found]


def together(plan: Plan) -> Together | None:
    """How to run the plan for many arguments; None where it has none, so that there is one answer to all."""
    if plan.constant is not None:
        return None
    types: dict[int, str] = {}

    def column(found: re.Match[str]) -> str:
        if found["number"] is None:
            return found[0]
        number, type_ = int(found["number"]), found["type"]
        types[number] = type_
        return f"a$.p{number}" + (f"::{type_}" if type_.endswith("[]") else "")

    inner = _PARAMETER.sub(column, plan.sql)
    count = len(types)
    if not count or set(types) != set(range(1, count + 1)):
        return None
    arrays = ", ".join(f"${number}::{_carrier(types[number])}[]" for number in range(1, count + 1))
    names = ", ".join(f"p{number}" for number in range(1, count + 1))
    columns = ", ".join(f"c{number}" for number in range(1, len(plan.pieces)))
    sql = (
        f"SELECT a$.n, q$.* FROM unnest({arrays}) WITH ORDINALITY a$({names}, n) "
        f"CROSS JOIN LATERAL (SELECT row_number() OVER (), v$.* FROM ({inner}) v$) q$(r, {columns})"
    )
    lists = frozenset(number - 1 for number, type_ in types.items() if type_.endswith("[]"))
    return Together(plan, sql, lists)


async def read_all(
    reader: RowReader, plan: Plan, many: Together | None, asked: Sequence[Sequence[Any]]
) -> list[bytes]:
    """The answers of the plan for each of the arguments; `many` is how to run it together. Raises as the
    reader does."""
    if plan.constant is not None:
        return [plan.constant] * len(asked)
    return [plan.answer(rows) for rows in await read_all_rows(reader, plan, many, asked)]


async def read_all_rows(
    reader: RowReader, plan: Plan, many: Together | None, asked: Sequence[Sequence[Any]]
) -> list[Rows]:
    """The rows that the answers are made of."""
    if many is None or len(asked) == 1:
        return [await reader.fetch_rows(plan.sql, each) for each in asked]
    return many.rows(await reader.fetch_rows(many.sql, many.arguments(asked)), len(asked))


def array_text(values: Sequence[Any]) -> str:
    """A list as PostgreSQL reads an array from text (manual, section 8.15.2)."""
    return "{" + ",".join(_item(each) for each in values) + "}"


def _item(value: Any) -> str:
    if value is None:
        return "NULL"
    match value:
        case bool():
            text = "t" if value else "f"
        case datetime() | date():
            text = value.isoformat()
        case _:
            text = str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _carrier(type_: str) -> str:
    """An array of arrays must have as many items in each, so lists travel as text."""
    return "text" if type_.endswith("[]") else type_


def _position(row: tuple[Any, Any]) -> int:
    return int(row[0])
