"""The default publication: what a folder of Markdown without a content.py becomes.

`Asset` and `Site` belong to every publication, also to one that declares its own types.
"""

from datetime import datetime
from typing import Annotated

from masthead.model.declaration import (
    Doc,
    Entry,
    Ge,
    Json,
    Le,
    Markdown,
    MaxLen,
    MinLen,
    Pattern,
    Ref,
    Search,
    Singleton,
    Slug,
    slug,
)

INT32 = 2**31 - 1
"""The largest number that GraphQL's Int can carry (specification, section 3.5.1)."""


class Asset(Entry, path="/assets/{digest:.16}/{filename}", order="filename"):
    """A file that entries refer to: an image, a document."""

    filename: Annotated[str, Search("A")]
    media_type: Annotated[str, Doc("IANA media type, such as image/png.")]
    size: Annotated[int, Ge(0), Le(INT32), Doc("Bytes.")]
    digest: Annotated[str, Pattern("[0-9a-f]{64}"), Doc("SHA-256 of the bytes, hex.")]
    width: Annotated[int | None, Ge(1), Le(INT32), Doc("Pixels; none for what is not an image.")] = None
    height: Annotated[int | None, Ge(1), Le(INT32), Doc("Pixels; none for what is not an image.")] = None
    alt: Annotated[str | None, Search("B"), Doc("What the image shows, for those who do not see it.")] = None


class Author(Entry, path="/authors/{slug}", order="name"):
    """Someone who writes."""

    name: Annotated[str, MinLen(1), MaxLen(200)]
    slug: Slug = slug("name")
    bio: Markdown | None = None


class Tag(Entry, path="/tags/{slug}", order="name"):
    """A subject that posts share."""

    name: Annotated[str, MinLen(1), MaxLen(200)]
    slug: Slug = slug("name")
    description: str | None = None


class Post(Entry, path="/posts/{slug}", order="-date"):
    """A dated article."""

    title: Annotated[str, MinLen(1), MaxLen(300)]
    slug: Slug = slug("title")
    description: Annotated[str | None, Doc("One or two sentences for lists, search and previews.")] = None
    date: Annotated[datetime, Doc("When it was published, as its readers see it.")]
    updated: Annotated[datetime | None, Doc("When its text last changed in substance.")] = None
    authors: list[Ref[Author]] = []
    tags: list[Ref[Tag]] = []
    cover: Ref[Asset] | None = None
    keywords: list[str] = []
    body: Markdown


class Page(Entry, path="/{slug}", order="title"):
    """A page without a date."""

    title: Annotated[str, MinLen(1), MaxLen(300)]
    slug: Slug = slug("title")
    description: str | None = None
    updated: datetime | None = None
    body: Markdown


class Site(Singleton):
    """What the publication says of itself."""

    title: str = "A Masthead publication"
    base_url: Annotated[str, Pattern("https?://.+[^/]"), Doc("Scheme and host, no slash at the end.")] = (
        "http://localhost:8000"
    )
    description: str | None = None
    language: Annotated[str, Pattern("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"), Doc("BCP 47.")] = "en"
    timezone: Annotated[
        str, Pattern("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"), Doc("IANA name: editors see moments in it.")
    ] = "UTC"
    navigation: Annotated[Json, Doc('A list of {"label", "path"}.')] = Json.of([])


BUILT_IN: tuple[type[Entry], ...] = (Asset, Site)
DEFAULT_PUBLICATION: tuple[type[Entry], ...] = (Post, Page, Author, Tag, Asset, Site)
