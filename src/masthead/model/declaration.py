"""What a publication's content.py is written with: base classes, field types and constraints."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import JsonValue

from masthead.model.searching import Weight

__all__ = [
    "Block",
    "Deprecated",
    "Doc",
    "Entry",
    "Ge",
    "Json",
    "Le",
    "Markdown",
    "MaxLen",
    "MinLen",
    "Pattern",
    "Ref",
    "Search",
    "Singleton",
    "Slug",
    "SlugSource",
    "Url",
    "slug",
]


@dataclass(frozen=True, slots=True)
class TypeOptions:
    """The keyword arguments of a content type's class statement."""

    path: str | None = None
    order: str | None = None
    plural: str | None = None
    language: str = "english"
    deprecated: str | None = None


class Entry:
    """A content type is a subclass: annotated attributes are its fields, the docstring describes it.

    `path` is its public address, such as "/posts/{slug}"; `order` the field that its lists are
    sorted by, descending with a leading minus; `plural` its plural where English is irregular;
    `language` the one that full-text search reads its words in; `deprecated` why the type should not be
    used any more, and what instead.
    """

    __options__: ClassVar[TypeOptions] = TypeOptions()
    __is_singleton__: ClassVar[bool] = False

    def __init_subclass__(
        cls,
        *,
        path: str | None = None,
        order: str | None = None,
        plural: str | None = None,
        language: str = "english",
        deprecated: str | None = None,
    ) -> None:
        super().__init_subclass__()
        cls.__options__ = TypeOptions(
            path=path, order=order, plural=plural, language=language, deprecated=deprecated
        )


class Singleton(Entry):
    """A content type with exactly one entry, such as a site's settings."""

    __is_singleton__: ClassVar[bool] = True


class Block:
    """A block type is a subclass: a piece of an entry, such as a quote or a figure, that stands in a list
    with others: `sections: list[Quote | Figure] = []`. Its fields are declared as an entry's are; it has
    no address of its own, and it belongs to its entry alone."""


T = TypeVar("T")


class Ref(Generic[T]):
    """A reference to one entry of another content type; `list[Ref[T]]` is an ordered list."""


class Markdown(str):
    """CommonMark with GFM tables, footnotes, alerts and mathematics; rendered once, at save."""

    __slots__ = ()


class Slug(str):
    """The unique part of an entry's address; made from another field: `slug: Slug = slug("title")`."""

    __slots__ = ()


class Url(str):
    """An absolute http(s) URL or a path that begins with `/`."""

    __slots__ = ()


class Json:
    """Any JSON value; `Json.of([])` writes a default."""

    @staticmethod
    def of(value: JsonValue) -> Any:
        """A default: `navigation: Json = Json.of([])`."""
        return value


@dataclass(frozen=True, slots=True)
class SlugSource:
    """The field that a slug is made from when nobody gives one."""

    field: str


def slug(source: str) -> Any:
    """Say which field a slug is made from: `slug: Slug = slug("title")`."""
    return SlugSource(source)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text constraint: a regular expression that the whole text matches."""

    expression: str

    def __post_init__(self) -> None:
        re.compile(self.expression)


@dataclass(frozen=True, slots=True)
class Doc:
    """The description of a field, as editors and API users read it."""

    text: str


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A field that should not be used any more: `Deprecated("Use `summary`.")`. It works as before; every
    API says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Search:
    """Full-text search covers this text: `title: Annotated[str, Search("A")]`. A counts most, D least."""

    weight: Weight = "B"
