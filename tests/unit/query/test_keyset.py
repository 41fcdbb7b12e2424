"""The ranges behind a cursor: one comparison of rows, and a range for each way a null comes after it."""

import pytest

from masthead.query.keyset import Bound, ranges_after


def bound(
    expression: str,
    value: str | None = "$1",
    *,
    down: bool = False,
    nullable: bool = False,
    nulls_first: bool | None = None,
) -> Bound:
    """A sort key and the cursor's value. Nulls are where PostgreSQL puts them, unless it is said."""
    return Bound(expression, value, down, nullable, down if nulls_first is None else nulls_first)


UP_ID, DOWN_ID = bound("id", "$9"), bound("id", "$9", down=True)

CASES: dict[str, tuple[list[Bound], list[str]]] = {
    "id alone": ([UP_ID], ["id > $9"]),
    "one direction, no nulls: one range": ([bound("a", down=True), DOWN_ID], ["(a, id) < ($1, $9)"]),
    "ascending, nulls come last": ([bound("a", nullable=True), UP_ID], ["(a, id) > ($1, $9)", "a IS NULL"]),
    "descending, nulls came first": ([bound("a", down=True, nullable=True), DOWN_ID], ["(a, id) < ($1, $9)"]),
    "ascending, at a null": ([bound("a", None, nullable=True), UP_ID], ["a IS NULL AND id > $9"]),
    "descending, at a null": (
        [bound("a", None, down=True, nullable=True), DOWN_ID],
        ["a IS NULL AND id < $9", "a IS NOT NULL"],
    ),
    "descending, nulls put last": (
        [bound("a", down=True, nullable=True, nulls_first=False), DOWN_ID],
        ["(a, id) < ($1, $9)", "a IS NULL"],
    ),
    "ascending, at a null put first": (
        [bound("a", None, nullable=True, nulls_first=True), UP_ID],
        ["a IS NULL AND id > $9", "a IS NOT NULL"],
    ),
    "both directions": (
        [bound("a", down=True), bound("b", "$2"), UP_ID],
        ["a = $1 AND (b, id) > ($2, $9)", "a < $1"],
    ),
    "two keys with nulls": (
        [bound("a", nullable=True), bound("b", "$2", nullable=True), UP_ID],
        ["(a, b, id) > ($1, $2, $9)", "a IS NULL", "a = $1 AND b IS NULL"],
    ),
}


@pytest.mark.parametrize(("bounds", "expected"), CASES.values(), ids=CASES.keys())
def test_ranges(bounds: list[Bound], expected: list[str]) -> None:
    """None of them joins keys by OR, which an index cannot walk."""
    assert ranges_after(bounds) == expected
