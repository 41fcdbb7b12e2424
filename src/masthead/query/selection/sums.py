"""What a connection's entries come to, together or in groups."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.member import Members


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries there are; only inside an Aggregate or Groups."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One field's value of the Measures around it."""

    field: str


@dataclass(frozen=True, slots=True)
class Measures:
    """One function over the values of fields, of which each member is a Measure; only inside an Aggregate
    or Groups. Nulls take no part; without a value the answer is null."""

    function: Literal["min", "max", "sum", "avg"]
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What all entries of the connection, on all its pages, come to; only inside a Connection."""

    members: Members = ()


DatePart = Literal["year", "quarter", "month", "week", "day", "hour"]
"""Moments are cut to the beginning of this, in UTC; weeks begin on Monday."""


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A field whose values make groups; `part` only for dates and moments."""

    field: str
    part: DatePart | None = None


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One value of the key of a group, by the field's name; only inside GroupKeys."""

    field: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GroupKeys:
    """The key of a group; only inside Groups."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """The connection's entries, on all its pages, in groups of equal keys; only inside a Connection.

    Sorted by key (nulls last), or by count and then by key. `size` is a number of the plan.
    """

    by: tuple[GroupBy, ...]
    size: int = 100
    order: Literal["key", "count"] = "key"
    is_descending: bool = False
    members: Members = ()
