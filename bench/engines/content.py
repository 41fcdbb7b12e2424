"""The publication of the bench, as a user would declare it: not the default model."""

from datetime import datetime

import masthead as mh


class Author(mh.Entry, path="/authors/{slug}", order="name"):
    """Who writes."""

    name: str
    slug: mh.Slug = mh.slug("name")


class Tag(mh.Entry, path="/tags/{slug}", order="name"):
    """What posts are about."""

    name: str
    slug: mh.Slug = mh.slug("name")


class Post(mh.Entry, path="/posts/{slug}", order="-date"):
    """A post of 4 KB."""

    title: str
    slug: mh.Slug = mh.slug("title")
    description: str
    date: datetime
    author: mh.Ref[Author]
    tags: list[mh.Ref[Tag]] = []
    body: mh.Markdown


class Comment(mh.Entry, order="-posted"):
    """What a reader answers."""

    post: mh.Ref[Post]
    name: str
    posted: datetime
    text: str
