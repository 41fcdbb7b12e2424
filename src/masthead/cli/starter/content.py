"""What this publication publishes. Every class is a content type, every annotation a field.

From these classes come the tables, the GraphQL schema and the rules for front matter. `Asset` (files)
and `Site` (masthead.toml, [site]) are there without being declared. content.lock, beside this file,
remembers which column holds which field: keep both in version control.
"""

from datetime import datetime
from typing import Annotated

import masthead as mh


class Author(mh.Entry, path="/authors/{slug}", order="name"):
    """Someone who writes. A name in a post's `author` is enough to make one."""

    name: Annotated[str, mh.MinLen(1), mh.MaxLen(200)]
    slug: mh.Slug = mh.slug("name")
    bio: mh.Markdown | None = None


class Tag(mh.Entry, path="/tags/{slug}", order="name"):
    """A subject that posts share."""

    name: Annotated[str, mh.MinLen(1), mh.MaxLen(200)]
    slug: mh.Slug = mh.slug("name")
    description: str | None = None


class Post(mh.Entry, path="/posts/{slug}", order="-date"):
    """A dated article: a file in posts/, or any file with a date."""

    title: Annotated[str, mh.MinLen(1), mh.MaxLen(300)]
    slug: mh.Slug = mh.slug("title")
    description: str | None = None
    date: datetime
    updated: datetime | None = None
    authors: list[mh.Ref[Author]] = []
    tags: list[mh.Ref[Tag]] = []
    cover: mh.Ref[mh.Asset] | None = None
    keywords: list[str] = []
    body: mh.Markdown


class Page(mh.Entry, path="/{slug}", order="title"):
    """A page without a date."""

    title: Annotated[str, mh.MinLen(1), mh.MaxLen(300)]
    slug: mh.Slug = mh.slug("title")
    description: str | None = None
    updated: datetime | None = None
    body: mh.Markdown


# A type of your own needs nothing but a class. Take the comment signs away and import again:
#
# class Talk(mh.Entry, path="/talks/{slug}", order="-date"):
#     """A talk that one of us gave: files in talks/, because masthead.toml says so."""
#
#     title: str
#     slug: mh.Slug = mh.slug("title")
#     date: datetime
#     speakers: list[mh.Ref[Author]] = []
#     recording: mh.Url | None = None
#     body: mh.Markdown
