"""The input types of filters: which there are, what they are called, what their fields take."""

import enum
from datetime import date

import pytest
from graphql import GraphQLInputObjectType

from masthead.graphql import schema_of
from masthead.kernel import ModelError
from masthead.model import ContentLock, ContentModel, Entry, Markdown, Ref, compile_model


class Mood(enum.Enum):
    """An enumeration."""

    GOOD = "good"


class Person(Entry, plural="People"):
    """Referred to."""

    name: str
    born: date | None = None


class Letter(Entry):
    """Refers by two fields."""

    text: Markdown
    mood: Mood
    marks: list[int] | None = None
    sender: Ref[Person]
    readers: list[Ref[Person]]


def fields_of(name: str, *types: type[Entry]) -> dict[str, str]:
    """The fields of an input type, with their types."""
    found = schema_of(model_of(*(types or (Person, Letter)))).type_map[name]
    assert isinstance(found, GraphQLInputObjectType)
    return {key: str(each.type) for key, each in found.fields.items()}


def model_of(*types: type[Entry]) -> ContentModel:
    """The compiled model."""
    return compile_model(types, ContentLock())[0]


def test_an_entry_s_filter_has_what_the_entry_has() -> None:
    """`and`, `or`, `not`, system fields, its own, and what refers to it by the name it has there."""
    assert fields_of("LetterFilter") == {
        "and": "[LetterFilter!]",
        "or": "[LetterFilter!]",
        "not": "LetterFilter",
        "id": "IDFilter",
        "path": "StringFilter",
        "createdAt": "DateTimeFilter",
        "updatedAt": "DateTimeFilter",
        "publishedAt": "DateTimeFilter",
        "text": "MarkdownFilter",
        "mood": "MoodFilter",
        "marks": "BigIntListFilter",
        "sender": "PersonFilter",
        "readers": "PersonListFilter",
    }
    person = fields_of("PersonFilter")
    assert (person["lettersBySender"], person["lettersByReaders"]) == ("LetterListFilter", "LetterListFilter")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (
            "MoodFilter",
            {"eq": "Mood", "ne": "Mood", "in": "[Mood!]", "notIn": "[Mood!]", "isNull": "Boolean"},
        ),
        ("PersonListFilter", {"some": "PersonFilter", "every": "PersonFilter", "none": "PersonFilter"}),
        ("IDFilter", {"eq": "ID", "ne": "ID", "in": "[ID!]", "notIn": "[ID!]"}),
        ("MarkdownFilter", {"contains": "String", "containsInsensitive": "String", "isNull": "Boolean"}),
        (
            "BigIntListFilter",
            {
                "has": "BigInt",
                "hasEvery": "[BigInt!]",
                "hasSome": "[BigInt!]",
                "isEmpty": "Boolean",
                "isNull": "Boolean",
            },
        ),
    ],
)
def test_operators_take_what_the_field_holds(name: str, fields: dict[str, str]) -> None:
    """Lists where they compare with several values."""
    assert fields_of(name) == fields


def test_two_types_cannot_share_the_name_of_a_filter() -> None:
    """PersonListFilter is the filter of lists of people: nothing else can be called so."""

    class PersonList(Entry):
        title: str

    with pytest.raises(ModelError, match="Rename PersonList"):
        schema_of(model_of(Person, PersonList))


def test_an_enum_cannot_be_called_as_a_scalar() -> None:
    """Its filter would be the scalar's."""
    big_int = enum.Enum("BigInt", {"ONE": "one"})

    class Parcel(Entry):
        size: big_int  # type: ignore[valid-type]  # made here to have this name

    Parcel.__annotations__["size"] = big_int
    with pytest.raises(ModelError, match="Rename BigInt"):
        schema_of(model_of(Parcel))
