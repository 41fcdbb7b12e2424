"""What the model calls deprecated is marked everywhere in the schema, and works as before."""

from typing import Annotated

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, parse, validate

from masthead import model as mh
from masthead.graphql import schema_of, sdl


class Note(mh.Entry, deprecated="Use Post."):
    """Something that was replaced."""

    summary: str
    rank: Annotated[int | None, mh.Deprecated("Nobody ranks.")] = None
    about: Annotated[mh.Ref["Topic"] | None, mh.Deprecated("Use `topics`.")] = None


class Quote(mh.Block):
    """What somebody said."""

    text: str
    by: Annotated[str | None, mh.Deprecated("Use `text`.")] = None


class Topic(mh.Entry, order="name"):
    """What notes are about."""

    name: str
    quotes: list[Quote] = []  # noqa: RUF012 - a declaration


MODEL = mh.compile_model([Note, Topic], mh.ContentLock())[0]
SCHEMA = schema_of(MODEL)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("Query.note", "Use Post."),
        ("Query.notes", "Use Post."),
        ("Query.topics", None),
        ("Note.rank", "Nobody ranks."),
        ("Note.summary", None),
        ("NoteOrder.rank", "Nobody ranks."),
        ("NoteFilter.rank", "Nobody ranks."),
        ("NoteFilter.about", "Use `topics`."),
        ("NoteMax.rank", "Nobody ranks."),
        ("NoteGroupKey.rank", "Nobody ranks."),
        ("NoteGroupBy.rank", "Nobody ranks."),
        ("Topic.notes", "Use `topics`."),
        ("TopicFilter.notes", "Use `topics`."),
        ("Quote.by", "Use `text`."),
    ],
)
def test_every_place_says_why(place: str, reason: str | None) -> None:
    """A tool strikes it out wherever a client would use it."""
    type_name, _, name = place.partition(".")
    type_ = SCHEMA.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInputObjectType)
    assert type_.fields[name].deprecation_reason == reason


def test_the_sdl_has_the_directive() -> None:
    """Clients' tools read it there."""
    assert 'rank: BigInt @deprecated(reason: "Nobody ranks.")' in sdl(MODEL)


def test_a_deprecated_field_is_asked_for_as_before() -> None:
    """It is a hint to people, not a refusal."""
    assert validate(SCHEMA, parse("{ notes { nodes { rank } } }")) == []
