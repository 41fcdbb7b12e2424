"""Blocks in the schema: unions called after type and field, of objects called after the blocks."""

from enum import Enum
from typing import Any

import pytest
from graphql import GraphQLObjectType, GraphQLUnionType, parse, validate
from tests.unit.model.blocks import STORIES

from masthead import model as mh
from masthead.graphql import schema_of
from masthead.kernel import ModelError
from masthead.store import Stage


@pytest.mark.parametrize(
    ("stage", "place", "type_"),
    [
        ("live", "Story.sections", "[StorySections!]!"),
        ("live", "Story.quotes", "[StoryQuotes!]!"),
        ("live", "Quote.text", "Markdown!"),
        ("live", "Figure.image", "Asset"),
        ("live", "Figure.others", "[Asset!]!"),
        ("live", "Figure.side", "Side!"),
        ("live", "Figure.width", "Decimal"),
        ("draft", "Story.sections", "[StorySections!]!"),
        ("draft", "Quote.text", "Markdown"),
        ("draft", "Figure.side", "Side"),
    ],
)
def test_the_types_of_fields(stage: Stage, place: str, type_: str) -> None:
    """Non-null where a publication requires it, but for references, which no foreign key keeps."""
    owner, _, name = place.partition(".")
    found = schema_of(STORIES, stage).type_map[owner]
    assert isinstance(found, GraphQLObjectType)
    assert str(found.fields[name].type) == type_


def test_a_union_has_the_blocks_of_its_list() -> None:
    """In the order in which the list names them; a block is in as many unions as lists hold it."""
    schema = schema_of(STORIES)
    unions = {each.name: each for each in schema.type_map.values() if isinstance(each, GraphQLUnionType)}
    assert {name: [each.name for each in union.types] for name, union in unions.items()} == {
        "StorySections": ["Quote", "Figure"],
        "StoryQuotes": ["Quote"],
    }


def test_a_block_is_no_entry() -> None:
    """It has no id, so no interface of entries applies to it."""
    document = "{ stories { nodes { sections { ... on Entry { id } } } } }"
    (error,) = validate(schema_of(STORIES), parse(document))
    assert "can never be of type 'Entry'" in error.message


@pytest.mark.parametrize("name", ["Quote", "HolderParts"])
def test_an_enum_is_not_called_as_a_block_or_a_union(name: str) -> None:
    """One name, one type."""
    members: Any = {"A": "a"}
    field = Enum(name, members)  # type: ignore[misc]  # made at run time
    quote = type("Quote", (mh.Block,), {"__annotations__": {"mood": field}, "__module__": __name__})
    listed: Any = list
    holder = type(
        "Holder", (mh.Entry,), {"__annotations__": {"parts": listed[quote]}, "__module__": __name__}
    )
    model = mh.compile_model([holder], mh.ContentLock())[0]
    with pytest.raises(ModelError, match=f"Quote.mood uses an enum called {name}"):
        schema_of(model)
