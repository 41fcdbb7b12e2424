"""What differs between two revisions, field by field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.unit.content.merging.story import BASE, EDITS, MODEL, STORY, Fields, edited, marks, quote

from masthead.content.history import FieldChange, ItemsChange, compare_fields


def changes(before: Fields, after: Fields) -> list[FieldChange]:
    """The changes of a story."""
    return list(compare_fields(MODEL, STORY, before, after))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(None, 1, "added"), (1, None, "removed"), (1, 2, "changed")],
)
def test_a_field_is_added_removed_or_changed(before: Any, after: Any, change: str) -> None:
    """Both values are there."""
    (found,) = changes({"count": before}, {"count": after})

    assert (found.path, found.kind, found.change) == ("count", "integer", change)
    assert (found.before, found.after) == (before, after)


def test_null_and_nothing_are_the_same() -> None:
    """A field that is null is one that is left out."""
    assert changes({"count": None}, {}) == []


def test_a_list_tells_what_came_what_went_and_whether_it_was_reordered() -> None:
    """A value that stands there twice is counted."""
    (found,) = changes({"words": ["a", "b", "c", "a"]}, {"words": ["c", "b", "x", "a"]})

    assert found.items == ItemsChange(("x",), ("a",), is_reordered=True)


def test_json_is_compared_key_by_key() -> None:
    """A key that holds null is there."""
    (found,) = changes({"data": {"a": {"x": 1, "y": None}}}, {"data": {"a": {"x": 2, "z": None}}})

    assert [(each.path, each.change) for each in found.keys] == [
        ("data.a.x", "changed"),
        ("data.a.y", "removed"),
        ("data.a.z", "added"),
    ]


def test_blocks_are_known_again() -> None:
    """Edited, moved, both, added, taken out: each once, in the order of the newer list."""
    one, two, three, four = (quote(name) for name in ("one", "two", "three", "four"))
    after = [two, {**three, "by": "Ada"}, quote("new"), {**one, "text": f"{one['text']} more"}]

    (found,) = changes({"sections": [one, two, three, four]}, {"sections": after})

    shown = [(each.change, each.before, each.after, each.is_moved) for each in found.blocks]
    assert shown == [
        ("changed", 2, 1, False),
        ("removed", 3, None, False),
        ("added", None, 2, False),
        ("changed", 0, 3, True),
    ]
    assert [each.path for each in found.blocks[0].fields] == ["sections.1.by"]
    assert [each.path for each in found.blocks[1].fields] == ["sections.3.text"]


def test_a_block_that_was_only_moved() -> None:
    """It has no fields that differ."""
    one, two, three = (quote(name) for name in ("one", "two", "three"))
    (found,) = changes({"sections": [one, two, three]}, {"sections": [three, one, two]})

    (block,) = found.blocks
    assert (block.change, block.before, block.after, block.is_moved, block.fields) == (None, 2, 0, True, ())


def test_a_field_that_the_model_has_lost_is_shown() -> None:
    """As JSON, and said to be unknown."""
    (found,) = changes({"old": 1}, {"old": 2})

    assert (found.path, found.kind, found.is_unknown) == ("old", "json", True)


def test_long_values_are_not_sent_twice() -> None:
    """A text of several lines is its hunks; a title has both values too."""
    body, title = "a\nb\n", "One"
    found = changes({"title": title, "body": body}, {"title": "Two", "body": "a\nc\n"})

    shown = {each.path: each.to_json() for each in found}
    assert (shown["title"]["before"], shown["title"]["after"]) == ("One", "Two")
    assert "before" not in shown["body"]
    assert shown["body"]["text"][0]["runs"] == [
        ["equal", "a\n"],
        ["delete", "b\n"],
        ["insert", "c\n"],
    ]


@given(edits=EDITS)
@settings(max_examples=200)
def test_everything_that_was_added_is_shown(edits: list[tuple[str, int]]) -> None:
    """Every mark of an edit is in the diff's JSON, and no field that is as it was."""
    after = edited(edits, "t")

    found = changes(BASE, after)

    assert marks(after) == marks([each.to_json() for each in found])
    differing = {name for name in {*BASE, *after} if BASE.get(name) != after.get(name)}
    assert {each.path for each in found} == differing
    json.dumps([each.to_json() for each in found])
