"""The rows behind a cursor, as ranges that an index can walk.

An OR over the keys would be right and would read every row before the cursor (28 ms at row 50,000,
against 0.09 ms). A comparison of rows is one range of the index, but is unknown as soon as a null takes
part. So: one comparison of rows where no null is, and for each way in which a null can come after the
cursor a range of its own. The caller limits and sorts each range, then merges them.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """A sort key and the parameter that holds the cursor's value; None where that value is null."""

    expression: str
    parameter: str | None
    is_descending: bool
    is_nullable: bool
    are_nulls_first: bool

    @property
    def has_nulls_behind(self) -> bool:
        """Whether nulls come after every value."""
        return self.is_nullable and not self.are_nulls_first


def ranges_after(bounds: Sequence[Bound]) -> list[str]:
    """Predicates of the ranges, none overlapping another, that hold the rows behind the cursor; none
    where no row can be behind it."""
    if not bounds:
        return []
    is_one_direction = len({bound.is_descending for bound in bounds}) == 1
    if is_one_direction and all(bound.parameter for bound in bounds):
        return [_row_comparison(bounds), *_nulls_behind(bounds)]
    head, *rest = bounds
    return [f"{_equal(head)} AND {each}" for each in ranges_after(rest)] + _strictly_behind(head)


def is_after(bounds: Sequence[Bound]) -> str:
    """Whether one row lies behind the cursor: never null. For single rows, not for tables."""
    return " OR ".join(f"coalesce({each}, false)" for each in ranges_after(bounds)) or "false"


def _row_comparison(bounds: Sequence[Bound]) -> str:
    left = ", ".join(bound.expression for bound in bounds)
    right = ", ".join(str(bound.parameter) for bound in bounds)
    operator = "<" if bounds[0].is_descending else ">"
    return f"({left}) {operator} ({right})" if len(bounds) > 1 else f"{left} {operator} {right}"


def _nulls_behind(bounds: Sequence[Bound]) -> list[str]:
    """Where nulls come last: those that a comparison of rows cannot see. Where they come first, they are
    before any cursor whose own values are not null."""
    return [
        " AND ".join([*(_equal(each) for each in bounds[:index]), f"{bound.expression} IS NULL"])
        for index, bound in enumerate(bounds)
        if bound.has_nulls_behind
    ]


def _equal(bound: Bound) -> str:
    if bound.parameter is None:
        return f"{bound.expression} IS NULL"
    return f"{bound.expression} = {bound.parameter}"


def _strictly_behind(bound: Bound) -> list[str]:
    if bound.parameter is None:
        return [f"{bound.expression} IS NOT NULL"] if bound.are_nulls_first else []
    ranges = [_row_comparison([bound])]
    if bound.has_nulls_behind:
        ranges.append(f"{bound.expression} IS NULL")
    return ranges
