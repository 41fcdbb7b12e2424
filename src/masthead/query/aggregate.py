"""What all entries of a connection come to, on all its pages: one scan of its rows, whatever is asked.

A Scan collects what the members of an object need of it. They are written first; then it is known which
columns the scan reads, and so which tables it needs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from masthead.model import ContentType
from masthead.query.columns import Column
from masthead.query.measure import Function, aggregate_sql, spell_aggregate
from masthead.query.rows import Rows
from masthead.query.selection import (
    Aggregate,
    Count,
    Measure,
    Measures,
    TypeName,
)
from masthead.query.sketch import Sketch
from masthead.query.sql import json_object, literal, quote

RowsWith = Callable[[Iterable[str]], Rows]
"""All rows of a connection, each with these physical columns."""


@dataclass(slots=True)
class Scan:
    """One reading of rows. Each measure is a column of it, taken once however often it is asked for."""

    sketch: Sketch
    content_type: ContentType
    alias: str
    measures: dict[tuple[Function, Column] | None, str] = field(default_factory=dict)

    def count(self) -> str:
        """How many rows there are."""
        return self._name(None)

    def write(self, aggregate: Aggregate) -> str:
        """The expression of the object."""
        return json_object([(each.key, self.member(each.value)) for each in aggregate.members])

    def member(self, value: object) -> str:
        """The expression of a member of an Aggregate or of Groups."""
        match value:
            case Count():
                return self.count()
            case Measures(function=function, members=members):
                return json_object([(each.key, self._measure(function, each.value)) for each in members])
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{value} is not a member of an aggregate")

    def source(self, rows_with: RowsWith) -> str:
        """FROM the scan, which yields one row; empty where nothing was asked of it."""
        if not self.measures:
            return ""
        rows = rows_with(self.columns())
        return f"FROM (SELECT {', '.join(self.select(rows))} {rows.matching()}) {self.alias}"

    def select(self, rows: Rows) -> list[str]:
        """The measures, as a select list."""
        return [f"{_taken(measure, rows)} AS {quote(name)}" for measure, name in self.measures.items()]

    def columns(self) -> list[str]:
        """The physical columns that the measures are taken of."""
        return [measure[1].name for measure in self.measures if measure is not None]

    def _measure(self, function: Function, value: object) -> str:
        match value:
            case Measure(field=name):
                column = self.sketch.column(self.content_type, name)
                return spell_aggregate(function, column.kind, self._name((function, column)))
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{value} is not a measure")

    def _name(self, measure: tuple[Function, Column] | None) -> str:
        name = self.measures.setdefault(measure, f"m{len(self.measures)}")
        return f"{self.alias}.{quote(name)}"


def _taken(measure: tuple[Function, Column] | None, rows: Rows) -> str:
    if measure is None:
        return "count(*)"
    function, column = measure
    return aggregate_sql(function, column.kind, rows.expression(column.name))
