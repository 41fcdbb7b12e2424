"""Dependencies as one line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.query.dependencies.test_index import answers, changes

from masthead.query.dependencies import (
    Dependencies,
    Match,
    depends_on_all_of,
    is_changed,
    read_spelled,
    spell,
)
from masthead.query.selection import AllOf, Compare, Given, Not
from masthead.store import Change

IDS = frozenset(UUID(int=number) for number in range(50))


@given(found=answers)
def test_what_is_spelled_is_read(found: Dependencies) -> None:
    """Where there is room, nothing is lost."""
    line = spell(found, 10_000)
    assert line is not None
    assert line.isascii()
    assert read_spelled(line) == found


@given(found=answers, change=changes, most=st.integers(0, 200))
def test_what_does_not_fit_is_widened(found: Dependencies, change: Change, most: int) -> None:
    """Whatever touches an answer touches what is spelled of it."""
    line = spell(found, most)
    if line is not None:
        assert len(line) <= most
        assert is_changed(read_spelled(line), change) or not is_changed(found, change)


def test_values_of_every_kind() -> None:
    """JSON has no dates, decimals and ids."""
    values = (
        UUID(int=7),
        date(2025, 1, 2),
        datetime(2025, 1, 2, 3, tzinfo=UTC),
        Decimal("1.50"),
        1.5,
        2,
        "ä",
        True,
    )
    conditions = tuple(Not(Compare("x", "in", Given((value, value)))) for value in values)
    found = Dependencies(matches=(Match("Post", AllOf(conditions), frozenset({"x"})),))
    assert read_spelled(spell(found, 10_000) or "") == found


def test_entries_become_types_last() -> None:
    """First conditions go, then ids; without room for types there is nothing to say."""
    news = Match("Post", Compare("kind", "eq", Given("n" * 100)), frozenset({"kind"}))
    found = Dependencies(IDS, (news,), types=frozenset({"Tag"}))
    lines = [spell(found, most) for most in (2000, 1350, 100, 10)]
    assert [each and read_spelled(each) for each in lines] == [
        found,
        Dependencies(IDS, (Match("Post"),), types=frozenset({"Tag"})),
        depends_on_all_of(["Post", "Tag"]),
        None,
    ]
    assert spell(Dependencies(IDS), 100) is None


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", "null", '[["x"],[],[],[]]', "[[],[],[],[[1]]]", "[[],[],[],[[1,{},2]]]"]
)
def test_what_nobody_spelled_is_refused(line: str) -> None:
    """A header may come from anywhere."""
    with pytest.raises(ValueError, match="no dependencies"):
        read_spelled(line)
