"""Whether a touched row counts for an answer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from masthead.query.dependencies import (
    Dependencies,
    Match,
    Span,
    depends_on_all_of,
    is_changed,
    is_touched,
)
from masthead.query.dependencies.holding import may_hold
from masthead.query.selection import AllOf, AnyOf, Compare, Condition, Given, Not, Operator
from masthead.store import ROUTE, Change, Touch

ID, OTHER = UUID(int=1), UUID(int=2)
NEWS = Compare("kind", "eq", Given("news"))


def touch(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Touch:
    """Of a post."""
    return Touch("Post", ID, old, new)


def test_an_entry_that_is_shown_counts_however_it_was_touched() -> None:
    """By its id alone."""
    assert is_touched(Dependencies(frozenset({ID})), touch({}, {}))
    assert not is_touched(Dependencies(frozenset({OTHER})), touch({}, {}))


def test_a_condition_counts_before_or_after() -> None:
    """What enters a list and what leaves it."""
    found = Dependencies(matches=(Match("Post", NEWS),))
    assert is_touched(found, touch({"kind": "news"}, {"kind": "essay"}))
    assert is_touched(found, touch({"kind": "essay"}, {"kind": "news"}))
    assert is_touched(found, touch(None, {"kind": "news"}))
    assert is_touched(found, touch({"kind": "news"}, None))
    assert not is_touched(found, touch({"kind": "essay"}, {"kind": "note"}))
    assert not is_touched(found, Touch("Page", ID, {"kind": "news"}, None))


def test_what_is_not_known_counts() -> None:
    """A touch of which nothing is told, and one that leaves the column out."""
    found = Dependencies(matches=(Match("Post", NEWS, frozenset({"date"})),))
    assert is_touched(found, touch(None, None))
    assert is_touched(found, touch({"date": 1}, {"date": 2}))


def test_an_edit_counts_only_in_a_column_that_decides() -> None:
    """A title says nothing about a list that is sorted by date; coming and going does."""
    found = Dependencies(matches=(Match("Post", None, frozenset({"date"})),))
    assert is_touched(found, touch({"title": "a", "date": 1}, {"title": "a", "date": 2}))
    assert not is_touched(found, touch({"title": "a", "date": 1}, {"title": "b", "date": 1}))
    assert is_touched(found, touch(None, {"title": "a", "date": 1}))
    assert is_touched(Dependencies(matches=(Match("Post"),)), touch({"title": "a"}, {"title": "a"}))


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [(1, 2, False), (9, 8, False), (1, 9, True), (1, 5, True), (7, 9, True), (5, 6, True), (3, 1, True)],
)
def test_who_is_moved_counts_within_the_span_or_across_it(old: int, new: int, counts: bool) -> None:
    """From 3 to 7, both of them among it."""
    found = Dependencies(matches=(Match("Post", None, frozenset({"rank"}), Span("rank", 3, 7)),))
    assert is_touched(found, touch({"rank": old}, {"rank": new})) is counts


def test_what_is_not_known_of_a_span_is_within_it() -> None:
    """Null, left out, or no number. Who comes or goes is another match's."""
    found = Dependencies(matches=(Match("Post", None, frozenset({"rank", "title"}), Span("rank", 3, None)),))
    assert is_touched(found, touch({"rank": None}, {"rank": 1}))
    assert is_touched(found, touch({"title": "a"}, {"title": "b"}))
    assert is_touched(found, touch({"rank": "x"}, {"rank": 1}))
    assert is_touched(found, touch(None, None))
    assert not is_touched(found, touch(None, {"rank": 5}))


def test_addresses_count_by_their_path() -> None:
    """As it was, and as it is."""
    found = Dependencies(paths=frozenset({"/a"}))
    assert is_touched(found, Touch(ROUTE, ID, {"path": "/a"}, {"path": "/b"}))
    assert is_touched(found, Touch(ROUTE, ID, None, {"path": "/a"}))
    assert is_touched(found, Touch(ROUTE, ID, None, None))
    assert not is_touched(found, Touch(ROUTE, ID, None, {"path": "/c"}))
    assert not is_touched(depends_on_all_of(["Post"]), Touch(ROUTE, ID, None, {"path": "/a"}))


def test_of_a_change_that_tells_types_alone_all_of_them_counts() -> None:
    """Entries count by the types that they may be of; without any, by every type."""
    posts, routes = Change(1, frozenset({"Post"}), None), Change(1, frozenset({ROUTE}), None)
    assert is_changed(Dependencies(matches=(Match("Post", NEWS),)), posts)
    assert is_changed(Dependencies(frozenset({OTHER}), types=frozenset({"Post"})), posts)
    assert is_changed(Dependencies(frozenset({OTHER})), posts)
    assert not is_changed(Dependencies(frozenset({OTHER}), types=frozenset({"Page"})), posts)
    assert is_changed(Dependencies(paths=frozenset({"/a"})), routes)
    assert not is_changed(depends_on_all_of(["Post"]), routes)


def test_dependencies_together_are_those_of_both() -> None:
    """Entries of unknown types make those of both unknown."""
    one = Dependencies(frozenset({ID}), (Match("Post"),), types=frozenset({"Post"}))
    two = Dependencies(
        frozenset({OTHER}), (Match("Post"), Match("Tag")), frozenset({"/a"}), frozenset({"Tag"})
    )
    assert one | two == Dependencies(
        frozenset({ID, OTHER}), (Match("Post"), Match("Tag")), frozenset({"/a"}), frozenset({"Post", "Tag"})
    )
    assert (one | Dependencies(frozenset({OTHER}))).types == frozenset()
    assert (one | Dependencies()).types == {"Post"}


def test_a_row_that_is_new_or_gone_is_told_whole() -> None:
    """A list that it leaves out is empty; one that an edit leaves out is as it was, whatever that is."""
    found = Dependencies(matches=(Match("Post", Compare("tags", "has_some", Given((OTHER,)))),))
    assert not is_touched(found, touch(None, {"title": "a"}))
    assert not is_touched(found, touch({"title": "a"}, None))
    assert is_touched(found, touch(None, {"title": "a", "tags": [str(OTHER)]}))
    assert is_touched(found, touch({"title": "a"}, {"title": "b"}))


@pytest.mark.parametrize(
    ("operator", "stored", "value", "holds"),
    [
        ("eq", "a", "a", True),
        ("eq", "a", "A", False),
        ("eq", None, "a", False),
        ("eq", str(ID), ID, True),
        ("in", str(ID), (OTHER,), False),
        ("eq", 1, True, True),  # another kind than was expected: not known
        ("gte", "2025-01-01", date(2025, 1, 2), False),
        ("lt", "2025-01-01T01:00:00+01:00", datetime(2025, 1, 1, 0, 0, 1, tzinfo=UTC), True),
        ("lt", "infinity", datetime(2025, 1, 1, tzinfo=UTC), True),  # no moment of Python's: not known
        ("eq", 1.5, Decimal("1.5"), True),  # may have been rounded: not known
        ("eq", "1.50", Decimal("1.5"), True),
        ("eq", 2, Decimal("1.5"), False),
        ("contains", "abc", "b", True),
        ("starts_with", "abc", "", True),
        ("ends_with", "abc", "abcd", False),
        ("has", [1, None], 1, True),
        ("has_every", [1, 2], (1, 3), False),
        ("has_some", [1, 2], (1, 3), True),
        ("is_empty", [], True, True),
        ("is_empty", None, True, False),
        ("is_null", None, True, True),
        ("is_null", "a", True, False),
        ("gt", "a", "b", False),
    ],
)
def test_a_comparison_holds_or_may(operator: Operator, stored: Any, value: Any, holds: bool) -> None:
    """As PostgreSQL has it; a comparison with null is false. Its opposite holds wherever it does not."""
    compare = Compare("x", operator, Given(value))
    assert may_hold(compare, {"x": stored}) is holds
    assert may_hold(Not(compare), {"x": stored}) or holds


def test_parts_together() -> None:
    """All of them, or one; a column that is left out may be anything."""
    one, two = (Compare(name, "eq", Given(1)) for name in ("a", "b"))
    cases: list[tuple[Condition, Mapping[str, Any], bool]] = [
        (AllOf((one, two)), {"a": 1, "b": 1}, True),
        (AllOf((one, two)), {"a": 1, "b": 2}, False),
        (AllOf((one, two)), {"a": 1}, True),
        (AllOf(()), {}, True),
        (AnyOf((one, two)), {"a": 2, "b": 1}, True),
        (AnyOf((one, two)), {"a": 2, "b": 2}, False),
        (AnyOf(()), {}, False),
        (Not(one), {}, True),
    ]
    for condition, row, holds in cases:
        assert may_hold(condition, row) is holds
