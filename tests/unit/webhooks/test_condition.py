"""Conditions over the data of an event, and types of events."""

from typing import Any

import pytest

from masthead.kernel import InputError
from masthead.webhooks.condition import check_condition, has_type, holds

DATA = {
    "type": "post",
    "number": 3,
    "path": "/posts/a",
    "fields": ["title"],
    "of": {"state": None},
    "is": True,
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"type": "post"}, True),
        ({"type": "post", "number": 4}, False),
        ({"of.state": None}, True),
        ({"of.nothing": None}, False),
        ({"is": 1}, False),
        ({"number": {"in": [1, 3]}}, True),
        ({"number": {"ne": 3}}, False),
        ({"missing": {"ne": 3}}, True),
        ({"missing": {"exists": False}}, True),
        ({"fields": {"contains": "title"}}, True),
        ({"path": {"startsWith": "/posts/", "ne": "/posts/a"}}, False),
        ({"number": {"startsWith": "3"}}, False),
        ({"any": [{"type": "page"}, {"number": 3}]}, True),
        ({"not": {"type": "post"}}, False),
    ],
)
def test_what_holds(condition: dict[str, Any], expected: bool) -> None:
    """All parts must; true is not 1, and what is missing equals nothing."""
    check_condition(condition)
    assert holds(condition, DATA) is expected


@pytest.mark.parametrize(
    "condition",
    [
        [],
        "type",
        {"any": []},
        {"any": {}},
        {"not": 3},
        {"type": {}},
        {"type": {"like": "p"}},
        {"type": {"in": "post"}},
        {"type": {"in": [{}]}},
        {"type": {"exists": 1}},
        {"type": ["post"]},
        {"type": "a\0b"},
        {"a\0b": 1},
        {"": 1},
        {"number": 2**64},
        {"number": float("nan")},
        {"number": float("inf")},
        {"number": {"in": list(range(60))}},
        {"not": {"not": {"not": {"not": {"not": {"not": {"a": 1}}}}}}},
    ],
)
def test_what_is_refused(condition: Any) -> None:
    """When it is given, not when an event comes."""
    with pytest.raises(InputError) as caught:
        check_condition(condition)
    assert caught.value.code == "webhook-condition"


def test_a_star_stands_for_the_rest() -> None:
    """At the end of a type."""
    assert has_type(["content.entry.*"], "content.entry.published.v1")
    assert has_type(["a", "*"], "content.entry.published.v1")
    assert not has_type(["content.entry.published"], "content.entry.published.v1")
