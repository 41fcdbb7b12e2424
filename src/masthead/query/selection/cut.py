"""How a list is sorted, where a page of it begins or ends, and what makes its groups."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.argument import Argument


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of an order. `through` are the to-one references that lead to the type which has it;
    `nulls_first` None is PostgreSQL's own place: last ascending, first descending."""

    field: str
    is_descending: bool = False
    nulls_first: bool | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A cursor, where a page begins or ends. `nulls` says which of its values are null, because that
    decides the SQL, while the values themselves are parameters."""

    cursor: Argument
    nulls: tuple[bool, ...]


DatePart = Literal["year", "quarter", "month", "week", "day", "hour"]
"""Moments are cut to the beginning of this, in UTC; weeks begin on Monday."""


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A field whose values make groups; `part` only for dates and moments."""

    field: str
    part: DatePart | None = None
