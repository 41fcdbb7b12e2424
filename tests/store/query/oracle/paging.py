"""One page of rows: all of them are sorted, then counted off from one end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cut:
    """A page, and whether anything lies on either side of it."""

    rows: Sequence[Row]
    has_previous: bool
    has_next: bool


def sort(rows: Sequence[Row], compare: Callable[[Row, Row], int]) -> list[Row]:
    """The rows in their order."""
    return sorted(rows, key=cmp_to_key(compare))


def cut(
    rows: Sequence[Row],
    is_behind: Callable[[Row], bool],
    is_before: Callable[[Row], bool],
    arguments: Mapping[str, Any],
) -> Cut:
    """The page of sorted rows that the arguments ask for; the predicates are the cursors'."""
    within = [row for row in rows if is_behind(row) and is_before(row)]
    has_previous = not all(map(is_behind, rows))
    has_next = not all(map(is_before, rows))
    offset, last = arguments.get("offset") or 0, arguments.get("last")
    is_skipping = offset > 0 and bool(within)
    if last is not None:
        left = within[: max(len(within) - offset, 0)]
        shown = left[max(len(left) - last, 0) :]
        return Cut(shown, has_previous or len(left) > len(shown), has_next or is_skipping)
    first = 20 if arguments.get("first") is None else arguments["first"]
    left = within[offset:]
    return Cut(left[:first], has_previous or is_skipping, has_next or len(left) > first)
