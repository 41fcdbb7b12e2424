"""What a publication's content.py is written with: base classes, field types and constraints."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import JsonValue

from masthead.kernel import ModelError, Place
from masthead.model.searching import Weight

__all__ = [
    "Block",
    "Deprecated",
    "Doc",
    "Entry",
    "Ge",
    "Int32",
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


@dataclass(frozen=True, slots=True)
class Computing:
    """A function that computes a field, as `Entry.field` was told of it; nothing is checked yet."""

    function: Any
    needs: Sequence[str] | None = None
    deprecated: str | None = None


F = TypeVar("F", bound=Callable[..., Any])


class Entry:
    """A content type is a subclass: annotated attributes are its fields, the docstring describes it.

    `path` is its public address, such as "/posts/{slug}"; `order` the field that its lists are
    sorted by, descending with a leading minus; `plural` its plural where English is irregular;
    `language` the one that full-text search reads its words in; `deprecated` why the type should not be
    used any more, and what instead.
    """

    __options__: ClassVar[TypeOptions] = TypeOptions()
    __is_singleton__: ClassVar[bool] = False
    __computing__: ClassVar[tuple[Computing, ...]] = ()

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

    @classmethod
    def field(
        cls, misplaced: None = None, /, *, needs: Sequence[str] | None = None, deprecated: str | None = None
    ) -> Callable[[F], F]:
        """Add a field that the decorated function computes: it gets the list of all parents at once and
        returns the list of their values, in the same order. It may be `async def`.

        `needs` are the fields that it reads of each parent, and all that is read for it: "title",
        "body.text", "cover.id". Its name, return annotation and docstring are the field's.
        """
        if cls.__module__ == "masthead.model.default":
            raise ModelError(
                "computed-built-in",
                f"{cls.__name__} is Masthead's own type and takes no computed fields.",
                f"Declare a content type {cls.__name__} of your own in content.py.",
                Place(path=cls.__name__),
            )

        def declare(function: F) -> F:
            own = cls.__dict__.get("__computing__", ())
            cls.__computing__ = (*own, Computing(function, needs, deprecated))
            return function

        # `@Post.field` without its parentheses passes the function here; the model says what is missing.
        return declare if misplaced is None else declare(misplaced)


class Singleton(Entry):
    """A content type with exactly one entry, such as a site's settings."""

    __is_singleton__: ClassVar[bool] = True


class Block:
    """A block type is a subclass: a piece of an entry, such as a quote or a figure, that stands in a list
    with others: `sections: list[Quote | Figure] = []`. Its fields are declared as an entry's are; it has
    no address of its own, and it belongs to its entry alone."""


T = TypeVar("T")


class Ref(Generic[T]):
    """A reference to one entry of another content type; `list[Ref[T]]` is an ordered list.

    `id` is what a parent of a computed field has, where it needs it.
    """

    id: str


class Markdown(str):
    """CommonMark with GFM tables, footnotes, alerts and mathematics; rendered once, at save.

    The parts are what a parent of a computed field has, where it needs them.
    """

    __slots__ = ()

    source: str
    html: str
    text: str
    excerpt: str
    reading_time: int


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


Int32 = Annotated[int, Ge(-(2**31)), Le(2**31 - 1)]
"""An integer that GraphQL's own Int can carry; wider ones are strings there."""


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
