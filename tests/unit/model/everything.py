"""Content types for tests: one field of every kind."""

import enum
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from masthead import model as mh


class Mood(enum.Enum):
    """An enum of strings."""

    CALM = "calm"
    KEEN = "keen"


class Person(mh.Entry):
    """Someone."""

    name: str


class Everything(mh.Entry, path="/things/{slug}", order="-when", plural="Everything_s"):
    """One field of every kind.

    With a second paragraph.
    """

    text: Annotated[str, mh.MinLen(1), mh.MaxLen(9), mh.Pattern("[a-z]+"), mh.Doc("A text.")]
    slug: mh.Slug = mh.slug("text")
    whole: Annotated[int, mh.Ge(0), mh.Le(10)] = 3
    real: Annotated[float, mh.Le(1)] = 0.5
    exact: Annotated[Decimal, mh.Ge(Decimal("0.10"))] = Decimal("1.50")
    flag: bool = True
    day: date = date(2025, 3, 19)
    when: datetime = datetime(2025, 3, 19, 12, tzinfo=UTC)
    mood: Mood = Mood.CALM
    anything: mh.Json = mh.Json.of({"a": 1})
    link: mh.Url | None = None
    body: mh.Markdown | None = None
    cover: mh.Ref[mh.Asset] | None = None
    author: mh.Ref[Person]
    friends: list[mh.Ref[Person]]
    self_ref: "mh.Ref[Everything] | None" = None
    words: list[Annotated[str, mh.MaxLen(5)]] = ["a"]  # noqa: RUF012 - a declaration
