"""What this publication publishes: the default types, and two of its own."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated

import masthead as mh
from masthead import Author, Page, Post, Tag

__all__ = ["Author", "CaseStudy", "Comparison", "Customer", "Page", "Post", "Quote", "Sector", "Tag"]


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


class Quote(mh.Block):
    """What somebody at the customer said."""

    text: mh.Markdown
    speaker: Annotated[str | None, mh.Doc("A name, or what they do there.")] = None


class Comparison(mh.Block):
    """One figure, before and after."""

    label: Annotated[str, mh.MinLen(1), mh.MaxLen(80)]
    before: Decimal
    after: Decimal
    unit: str | None = None


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
    quote: Annotated[str | None, mh.Deprecated("Use a Quote in `sections`.")] = None
    body: mh.Markdown
    sections: Annotated[list[Quote | Comparison], mh.Doc("What stands beside the text.")] = []


@CaseStudy.field(needs=["hours_saved"])
def hours_saved_a_year(studies: list[CaseStudy]) -> list[Decimal]:
    """The hours that are saved in a year of 46 weeks at work."""
    return [study.hours_saved * 46 for study in studies]
