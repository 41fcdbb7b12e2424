"""What this publication publishes: the default types, and two of its own."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated

import masthead as mh
from masthead import Author, Page, Post, Tag

__all__ = ["Author", "CaseStudy", "Customer", "Page", "Post", "Sector", "Tag"]


class Sector(Enum):
    """What a customer does."""

    MAPS = "maps"
    PRINTING = "printing"
    RESEARCH = "research"


class Customer(mh.Entry, path="/customers/{slug}", order="name"):
    """A company that we wrote about."""

    name: Annotated[str, mh.MinLen(1), mh.MaxLen(120)]
    slug: mh.Slug = mh.slug("name")
    sector: Sector
    website: mh.Url | None = None
    engineers: Annotated[int, mh.Ge(1), mh.Le(10_000), mh.Doc("How many, when we met.")]


class CaseStudy(mh.Entry, path="/case-studies/{slug}", order="-finished", plural="CaseStudies"):
    """What a customer did, and what came of it."""

    title: Annotated[str, mh.MinLen(1), mh.MaxLen(120)]
    slug: mh.Slug = mh.slug("title")
    summary: Annotated[str, mh.MaxLen(200), mh.Doc("One sentence, for lists.")]
    finished: date
    customer: mh.Ref[Customer]
    topics: list[mh.Ref[Tag]] = []
    technologies: list[str] = []
    hours_saved: Annotated[Decimal, mh.Ge(0), mh.Doc("A week, as the customer counted them.")]
    quote: str | None = None
    body: mh.Markdown
