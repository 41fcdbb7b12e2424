"""Groups and searches that make no sense are refused with a code, a path and a remedy."""

import enum
import json
from datetime import date
from typing import Any

import pytest
from tests.unit.graphql.serving import CannedReader, an_engine

from masthead.graphql import Engine, Limits, sdl
from masthead.model import ContentLock, Entry, compile_model

GROUPS = "query ($by: [PostGroupBy!]!, $n: Int) { posts { mine: groups(by: $by, first: $n) { count } } }"
SEARCH = "query ($s: String) { posts { totalCount } mine: posts(search: $s) { totalCount } }"

REFUSALS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "no key": (GROUPS, {"by": []}, "GROUP_BY", "`by` names no field"),
    "one field twice": (
        GROUPS,
        {"by": [{"date": "YEAR"}, {"date": "MONTH"}]},
        "GROUP_BY",
        "`by` names date 2 times",
    ),
    "two fields in one key": (
        GROUPS,
        {"by": [{"date": "YEAR", "title": "VALUE"}]},
        "BAD_USER_INPUT",
        "exactly one",
    ),
    "a part of what is no date": (GROUPS, {"by": [{"title": "YEAR"}]}, "BAD_USER_INPUT", "GroupValue"),
    "too many groups": (GROUPS, {"by": [{"date": "DAY"}], "n": 501}, "PAGE_SIZE", "`first` is 501"),
    "fewer than none": (GROUPS, {"by": [{"date": "DAY"}], "n": -1}, "PAGE_SIZE", "`first` is -1"),
    "a search without end": (SEARCH, {"s": "a" * 1001}, "SEARCH_TOO_LONG", "1001 characters"),
    "a search with a null character": (SEARCH, {"s": "a\0"}, "TEXT_INVALID", "null character"),
    "a search with half a character": (SEARCH, {"s": "\ud800"}, "TEXT_INVALID", "surrogate"),
}


@pytest.mark.parametrize(("document", "variables", "code", "message"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_refusal(document: str, variables: dict[str, Any], code: str, message: str) -> None:
    """400, and what is wrong with what."""
    answer = await an_engine().execute(document, variables)
    (error,) = json.loads(answer.body)["errors"]
    assert (answer.status, error["extensions"]["code"]) == (400, code)
    assert message in error["message"]
    if code != "BAD_USER_INPUT":
        assert "mine" in error["path"]


class Mood(enum.Enum):
    """Not sortable, but groups."""

    GOOD = "good"


class Day(Entry):
    """Dates without a time, and numbers."""

    when: date
    mood: Mood
    big: int
    real: float
    flag: bool


DAYS = compile_model([Day], ContentLock())[0]


async def test_a_date_has_no_hour() -> None:
    """It names the field."""
    document = "{ days { groups(by: [{ when: HOUR }]) { count } } }"
    (error,) = json.loads((await Engine(DAYS, CannedReader()).execute(document)).body)["errors"]
    assert error["extensions"]["code"] == "GROUP_BY"
    assert "Day.when is a date without a time: it has no HOUR" in error["message"]


async def test_a_small_page_bounds_groups_that_say_no_size() -> None:
    """The default is 100, or the largest page where that is smaller."""
    engine = an_engine(limits=Limits(page_size=5))
    plan, _ = engine.plan("{ posts { groups(by: [{ date: DAY }]) { count } } }")
    assert "LIMIT 5)" in plan.sql


def test_each_type_has_what_its_kinds_allow() -> None:
    """Sums are as wide as it takes, means are floats, an enumeration groups and measures nothing."""
    schema = sdl(DAYS)
    assert "type DaySum {\n  big: BigInt\n  real: Float\n}" in schema
    assert "type DayAvg {\n  big: Float\n  real: Float\n}" in schema
    assert (
        "  when: DatePart\n  mood: GroupValue\n  big: GroupValue\n  real: GroupValue\n  flag: GroupValue\n"
        in schema
    )
    assert "  mood: Mood\n" in schema
    assert "mood" not in schema.partition("type DayMin {")[2].partition("}")[0]


def test_a_type_without_texts_has_no_search() -> None:
    """Neither the argument nor what an edge would say of it."""
    schema = sdl(DAYS)
    assert "rank" not in schema.partition("type DayEdge {")[2].partition("}")[0]
    assert "search" not in schema.partition("days(")[2].partition(")")[0]
