"""A model with every kind of field, optional and not, references to itself and to one type twice."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from masthead.model import (
    Block,
    ContentLock,
    Entry,
    Ge,
    Json,
    Le,
    Markdown,
    Ref,
    Slug,
    Url,
    compile_model,
    slug,
)


class Status(enum.Enum):
    """Values that are no GraphQL names."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SECOND = "2nd"


class Mood(enum.Enum):
    """Values that are their own names."""

    GOOD = "GOOD"
    BAD = "BAD"


class Small(Block):
    """One text, and whom it is of."""

    text: str | None = None
    of: Ref["Person"] | None = None


class Mixed(Block):
    """Everything that a block may hold, optional and not."""

    text: str
    small: Annotated[int, Ge(0), Le(9)]
    big: int | None = None
    rank: float
    price: Decimal | None = None
    cost: Decimal
    is_new: bool | None = None
    day: date
    seen: datetime
    status: Status
    phase: Status | None = None
    data: Json
    extra: Json | None = None
    home: Url | None = None
    body: Markdown
    notes: Markdown | None = None
    gadget: Ref["Gadget"]
    person: Ref["Person"] | None = None
    parts: list[Ref["Gadget"]] = []
    counts: list[int] = []
    prices: list[Decimal] = []
    rates: list[float] | None = None
    moments: list[datetime] = []
    flags: list[bool] = []
    phases: list[Status] | None = None


class Person(Entry, path="/people/{slug}", order="name", plural="People"):
    """Someone, who may know others."""

    name: str
    slug: Slug = slug("name")
    mentor: Ref["Person"] | None = None
    friends: list[Ref["Person"]] = []
    born: date | None = None
    remarks: list[Small] = []


class Gadget(Entry, path="/gadgets/{handle}", order="-rank"):
    """One of everything. Its default order is by a field that may be null."""

    label: str
    handle: Slug = slug("label")
    rank: float | None = None
    weight: float
    serial: int
    big: int | None = None
    stock: Annotated[int, Ge(0), Le(1000)]
    spare: Annotated[int | None, Ge(-5), Le(5)] = None
    cost: Decimal
    price: Decimal | None = None
    is_new: bool
    is_sold: bool | None = None
    made: date
    sold_on: date | None = None
    seen: datetime
    lost: datetime | None = None
    status: Status
    mood: Mood | None = None
    phase: Status | None = None
    data: Json
    extra: Json | None = None
    home: Url
    link: Url | None = None
    body: Markdown
    notes: Markdown | None = None
    owner: Ref[Person]
    reviewer: Ref[Person] | None = None
    parts: list[Ref["Gadget"]] = []
    makers: list[Ref[Person]] = []
    words: list[str] = []
    counts: list[int] | None = None
    small: list[Annotated[int, Ge(0), Le(9)]] = []
    prices: list[Decimal] = []
    rates: list[float] | None = None
    days: list[date] = []
    moments: list[datetime] = []
    flags: list[bool] = []
    moods: list[Mood] = []
    phases: list[Status] | None = None
    sections: list[Mixed | Small] = []


class Note(Entry):
    """Neither address nor order nor slug."""

    text: str
    about: list[Ref[Gadget]] = []
    reply_to: Ref["Note"] | None = None


KITCHEN_SINK = compile_model([Person, Gadget, Note], ContentLock())[0]
