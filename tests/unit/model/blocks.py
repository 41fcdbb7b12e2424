"""Content types for tests: an entry whose sections are blocks with fields of many kinds."""

import enum
from datetime import date
from decimal import Decimal
from typing import Annotated

from masthead import model as mh


class Side(enum.Enum):
    """Where a figure stands."""

    LEFT = "left"
    RIGHT = "right"


class Person(mh.Entry):
    """Someone."""

    name: str


class Quote(mh.Block):
    """What somebody said."""

    text: Annotated[mh.Markdown, mh.Doc("In their words.")]
    source: Annotated[str | None, mh.MaxLen(9)] = None
    by: mh.Ref[Person] | None = None


class Figure(mh.Block):
    """A picture with a caption."""

    image: mh.Ref[mh.Asset]
    caption: Annotated[str, mh.MinLen(1)] = "A picture"
    side: Side = Side.LEFT
    width: Decimal | None = None
    taken: list[date] = []  # noqa: RUF012 - a declaration
    others: list[mh.Ref[mh.Asset]] = []  # noqa: RUF012 - a declaration


class Story(mh.Entry):
    """What blocks are for."""

    title: str
    sections: list[Quote | Figure] = []  # noqa: RUF012 - a declaration
    quotes: "list[Quote]" = []  # noqa: RUF012 - a declaration


STORIES = mh.compile_model([Person, Story], mh.ContentLock())[0]
