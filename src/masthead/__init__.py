"""Masthead: a content platform for engineering teams.

What a publication's content.py needs is here: `import masthead as mh`.
"""

from masthead.model import (
    Asset,
    Author,
    Doc,
    Entry,
    Ge,
    Json,
    Le,
    Markdown,
    MaxLen,
    MinLen,
    Page,
    Pattern,
    Post,
    Ref,
    Search,
    Singleton,
    Site,
    Slug,
    Tag,
    Url,
    slug,
)

__all__ = [
    "Asset",
    "Author",
    "Doc",
    "Entry",
    "Ge",
    "Json",
    "Le",
    "Markdown",
    "MaxLen",
    "MinLen",
    "Page",
    "Pattern",
    "Post",
    "Ref",
    "Search",
    "Singleton",
    "Site",
    "Slug",
    "Tag",
    "Url",
    "slug",
]
