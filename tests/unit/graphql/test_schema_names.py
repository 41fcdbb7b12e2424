"""What things are called in the schema, and what cannot be called anything."""

import enum
from typing import Any

import pytest

from masthead.graphql import schema_of, sdl
from masthead.kernel import ModelError
from masthead.model import ContentLock, ContentModel, Entry, Ref, Singleton, compile_model, default_model


def model_of(*types: type[Entry]) -> ContentModel:
    """The compiled model."""
    return compile_model(types, ContentLock())[0]


class Writer(Entry):
    """Referred to twice by one type, once by another."""

    name: str


class Story(Entry, plural="Stories"):
    """Two references to one type."""

    author: Ref[Writer]
    editors: list[Ref[Writer]]


class Talk(Entry):
    """One reference."""

    speaker: Ref[Writer]


class Front(Singleton):
    """A singleton refers, and is listed nowhere."""

    chief: Ref[Writer] | None = None


def test_a_reference_read_backwards_is_the_plural() -> None:
    """Two of one type each say which field they go by, so that adding one never changes another's meaning."""
    fields = schema_of(model_of(Writer, Story, Talk, Front)).type_map["Writer"].fields  # type: ignore[attr-defined]
    assert [name for name in fields if "ies" in name or "talk" in name or "front" in name] == [
        "storiesByAuthor",
        "storiesByEditors",
        "talks",
    ]


def test_a_field_keeps_its_name_before_a_reverse_one() -> None:
    """`talks` is taken by the type itself."""

    class Venue(Entry):
        talks: str

    class Talk(Entry):
        venue: Ref[Venue]

    fields = schema_of(model_of(Venue, Talk)).type_map["Venue"].fields  # type: ignore[attr-defined]
    assert {"talks", "talksByVenue"} <= set(fields)


def test_a_reverse_name_that_is_taken_twice_is_refused() -> None:
    """With the type and the remedy."""

    class Venue(Entry):
        talks: str
        talks_by_venue: str

    class Talk(Entry):
        venue: Ref[Venue]

    with pytest.raises(ModelError, match="talksByVenue"):
        schema_of(model_of(Venue, Talk))


def test_enum_values_get_names_that_graphql_allows() -> None:
    """Upper case, like every enum that clients know."""

    class State(enum.Enum):
        A = "in-progress"
        B = "2nd"
        C = "camelCase"

    class Item(Entry):
        state: State

    assert "enum State {\n  IN_PROGRESS\n  _2ND\n  CAMEL_CASE\n}" in sdl(model_of(Item))


@pytest.mark.parametrize("values", [["a-b", "a b"], ["!"], ["é"]])
def test_enum_values_without_distinct_names_are_refused(values: list[str]) -> None:
    """They would be one value for clients, or none."""
    state: Any = enum.Enum("State", {f"V{index}": value for index, value in enumerate(values)})
    item = type("Item", (Entry,), {"__annotations__": {"state": state}, "__module__": __name__})
    with pytest.raises(ModelError, match="State"):
        schema_of(model_of(item))


def test_two_enums_of_one_name_are_refused() -> None:
    """One of them would be a lie."""
    one, other = (enum.Enum("State", {"A": value}) for value in ("a", "b"))
    item = type("Item", (Entry,), {"__annotations__": {"one": one, "other": other}, "__module__": __name__})
    with pytest.raises(ModelError, match="another enum"):
        schema_of(model_of(item))


def test_a_draft_may_lack_what_a_publication_requires() -> None:
    """What the platform itself gives is there all the same."""
    draft = sdl(default_model(), "draft")
    assert "  title: String\n" in draft
    assert "  body: Markdown\n" in draft
    assert "  authors: [Author!]!\n" in draft
    assert "  createdAt: DateTime!\n" in draft
    assert "  nodes: [Post!]!\n" in draft
