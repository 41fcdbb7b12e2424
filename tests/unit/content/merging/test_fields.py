"""Fields, lists, JSON and nulls merge; what both changed otherwise clashes at its path."""

from typing import Any

import pytest
from tests.unit.content.merging.story import BASE, MODEL, STORY, merged

from masthead.content.merging import Clash, merge

TWO = {"x": 2, "y": 3}
CLEAN: dict[str, tuple[str, Any, Any, Any, Any]] = {
    "both add tags": ("tags", ["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
    "both add the same tag": ("tags", ["a"], ["a", "b"], ["b", "a"], ["a", "b"]),
    "one adds a tag, one takes one out": ("tags", ["a", "b"], ["a", "b", "c"], ["b"], ["b", "c"]),
    "one moves a tag, one adds one": ("tags", ["a", "b", "c"], [*"cab"], [*"axbc"], [*"caxb"]),
    "two tags are moved": ("tags", [*"abcd"], [*"bcda"], [*"dabc"], [*"dbca"]),
    "both move alike": ("tags", [*"abc"], [*"cab"], [*"cab"], [*"cab"]),
    "all tags out, and one added": ("tags", ["a"], [], ["a", "b"], ["b"]),
    "a list that was not there": ("tags", None, ["a"], ["b"], ["a", "b"]),
    "a value stands there twice": ("words", [*"xy"], [*"xyx"], [*"zxy"], [*"zxyx"]),
    "two keys of an object": ("data", {"a": 1}, {"a": 2}, {"a": 1, "c": 3}, {"a": 2, "c": 3}),
    "keys within keys": ("data", {"a": {"x": 1}}, {"a": {"x": 2}}, {"a": {"x": 1, "y": 3}}, {"a": TWO}),
    "one takes a value away": ("count", 1, None, 1, None),
    "both take it away": ("count", 1, None, None, None),
    "both set the same": ("count", 1, 2, 2, 2),
}  # fmt: skip


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_merges(case: tuple[str, Any, Any, Any, Any]) -> None:
    """Every change of both sides holds."""
    name, base, theirs, yours, expected = case

    found = merged({name: base}, {name: theirs}, {name: yours})

    assert (found.fields.get(name), found.clashes) == (expected, ())


CLASHES: dict[str, tuple[str, Any, Any, Any, str, Any, Any, Any]] = {
    "a title": ("title", "a", "b", "c", "title", "a", "b", "c"),
    "a value and null": ("count", 1, None, 2, "count", 1, None, 2),
    "true is not 1": ("data", {"a": 0}, {"a": True}, {"a": 1}, "data.a", 0, True, 1),
    "a key taken out and changed": ("data", {"a": 1}, {}, {"a": 2}, "data.a", 1, None, 2),
    "an array of an object": ("data", {"a": [1]}, {"a": [2]}, {"a": [3]}, "data.a", [1], [2], [3]),
    "a tag moved to two places": ("tags", [*"akc"], [*"kac"], [*"ack"], "tags", [*"akc"], [*"kac"], [*"ack"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CLASHES.values(), ids=CLASHES)
def test_clashes(case: tuple[str, Any, Any, Any, str, Any, Any, Any]) -> None:
    """The clash has the path and all three values; the result has theirs."""
    name, base, theirs, yours, path, *values = case

    found = merged({name: base}, {name: theirs}, {name: yours})

    assert found.clashes == (Clash(path, *values),)
    assert found.fields.get(name) == theirs


def test_true_and_one_are_two_values() -> None:
    """A change that Python's equality does not see is not lost."""
    assert merged({"data": {"a": 1}}, {"data": {"a": True}}, {"data": {"a": 1}, "count": 1}).fields == {
        "data": {"a": True},
        "count": 1,
    }


def test_it_says_who_changed_which_field() -> None:
    """Each field that differs from the base, with its side."""
    theirs = {**BASE, "title": "T", "tags": [*BASE["tags"], "x"]}
    yours = {**BASE, "count": 7, "tags": ["y", *BASE["tags"]]}

    assert merged(BASE, theirs, yours).taken == {"title": "theirs", "count": "yours", "tags": "both"}


def test_a_field_that_the_model_has_lost_is_merged_as_json() -> None:
    """An old revision may have what the model has no more."""
    found = merge(MODEL, STORY, {"old": {"a": 1}}, {"old": {"a": 2}}, {"old": {"a": 1, "b": 1}})

    assert found.fields == {"old": {"a": 2, "b": 1}}


def test_deep_json_is_one_value() -> None:
    """What is nested deeper than anybody reads is not walked: no input can exhaust the stack."""
    one, two, three = ({}, {"x": 1}, {"x": 2})
    for _ in range(1500):
        one, two, three = {"a": one}, {"a": two}, {"a": three}

    (clash,) = merged({"data": one}, {"data": two}, {"data": three}).clashes

    assert clash.path.count(".a") == 64
