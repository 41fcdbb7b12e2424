"""Computed fields of the kitchen sink, and the same values computed plainly from rows.

The functions are declared on the classes after KITCHEN_SINK was made of them: COMPUTING is the same tables
with computed fields.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import orjson
from graphql import GraphQLError
from tests.store.query.oracle.content import Gadget, Mood, Note, Person, Status
from tests.store.query.oracle.spelling import Raw

from masthead.kernel import DataLoader
from masthead.model import ContentLock, Int32, Json, Parent, compile_model, computing_functions

NEEDS = (
    "id", "path", "created_at", "published_at", "label", "handle", "rank", "weight", "serial", "big", "stock",
    "spare", "cost", "price", "is_new", "is_sold", "made", "sold_on", "seen", "lost", "status", "mood",
    "phase", "data", "extra", "home", "link", "body.source", "body.html", "notes.text", "notes.reading_time",
    "owner.id", "reviewer.id", "words", "counts", "small", "prices", "rates", "days", "moments", "flags",
    "moods", "phases",
)  # fmt: skip
_SUFFIXES = {"source": "", "html": "_html", "text": "_text", "reading_time": "_minutes", "id": ""}
_ENUMS: dict[str, type[Enum]] = {"status": Status, "phase": Status, "phases": Status, "mood": Mood}
_ENUMS["moods"] = Mood


@Gadget.field(needs=NEEDS)
def facts(gadgets: list[Parent]) -> list[list[str]]:
    """Everything that a function can need, as Python spells it."""
    return [[_shown(_follow(gadget, need)) for need in NEEDS] for gadget in gadgets]


@Gadget.field(needs=["label", "serial"])
async def risky(gadgets: list[Gadget]) -> list[int | Exception | None]:
    """Fails for some, is null for others, and of another type for the rest."""
    return [_risk(gadget.serial) for gadget in gadgets]


@Gadget.field(needs=["id"], deprecated="It never was any good.")
def broken(gadgets: list[Gadget]) -> list[str]:
    """Fails as a whole."""
    raise RuntimeError(f"{len(gadgets)} of them")


@Gadget.field(needs=["cost"])
def short(gadgets: list[Gadget]) -> list[str]:
    """Gives one value too many."""
    return ["x"] * (len(gadgets) + 1)


@Gadget.field(needs=["cost", "weight"])
async def costs(gadgets: list[Gadget]) -> list[list[Decimal] | None]:
    """Decimals in a list."""
    return [None if gadget.cost is None else [gadget.cost, gadget.cost + 1] for gadget in gadgets]


@Gadget.field(needs=["phases", "status"])
def stages(gadgets: list[Gadget]) -> list[list[Status] | None]:
    """Members of an enum with other names in the API."""
    return [gadget.phases for gadget in gadgets]


async def _load(names: Sequence[str]) -> list[str | Exception]:
    return [KeyError(name) if name == "b" else name.upper() for name in names]


SHOUTS = DataLoader(_load, max_batch_size=2)


@Person.field(needs=["name"])
async def shout(people: list[Person]) -> list[str | None]:
    """Loaded from outside; `b` is not there."""
    found = await SHOUTS.load_many({each.name for each in people if each.name is not None})
    known = dict(zip({each.name for each in people if each.name is not None}, found, strict=True))
    return [known.get(each.name) for each in people]  # type: ignore[misc]  # exceptions are values too


@Person.field(needs=["born"])
def next_day(people: list[Person]) -> list[date | None]:
    """A date."""
    return [each.born and each.born + timedelta(days=1) for each in people]


@Person.field(needs=["created_at"])
async def later(people: list[Parent]) -> list[datetime]:
    """A moment with a fraction."""
    return [each.created_at + timedelta(microseconds=500) for each in people]


@Person.field(needs=["name"])
def size(people: list[Person]) -> list[Int32 | Exception]:
    """Of an Int; a draft may have no name, and nothing to count."""
    return [ValueError() if each.name is None else len(each.name) for each in people]


@Note.field(needs=["text"])
def echo(notes: list[Note]) -> list[Json]:
    """Any JSON."""
    return [{"$f0": 0, "text": each.text, "$": 0} for each in notes]  # type: ignore[misc]  # JSON values


@Note.field(needs=["text"])
async def ratio(notes: list[Note]) -> list[float]:
    """A float."""
    return [1 / 3 if each.text else 1e22 for each in notes]


CLASSES = (Person, Gadget, Note)
COMPUTING = compile_model(CLASSES, ContentLock())[0]
FUNCTIONS = computing_functions(CLASSES)


def plainly(name: str, row: dict[str, Any]) -> Any:
    """What the field called `name` of the row is. Raises GraphQLError where it fails."""
    match name:
        case "facts":
            return [_shown(_in_row(row, need)) for need in NEEDS]
        case "risky":
            risk = _risk(row["serial"])
            return str(risk) if type(risk) is int else None if risk is None else _fail()
        case "broken" | "short":
            return _fail()
        case "costs":
            if row["cost"] is None:  # and not for a cost of nothing, which is no less a value
                return None
            return [format(row["cost"], "f"), format(row["cost"] + 1, "f")]
        case "stages":
            names = {"draft": "DRAFT", "in-review": "IN_REVIEW", "2nd": "_2ND"}
            return row["phases"] and [names[each] for each in row["phases"]]
        case "shout":
            return _fail() if row["name"] == "b" else row["name"] and row["name"].upper()
        case "nextDay":
            return row["born"] and (row["born"] + timedelta(days=1)).isoformat()
        case "later":
            moment = (row["created_at"] + timedelta(microseconds=500)).astimezone(UTC)
            return f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + f".{moment:%f}".rstrip("0") + "+00:00"
        case "echo":
            return Raw(orjson.dumps({"$f0": 0, "text": row["text"], "$": 0}).decode())
        case "ratio":
            return Raw("0.3333333333333333" if row["text"] else "1e22")
        case "size":
            return _fail() if row["name"] is None else len(row["name"])
        case _:
            raise AssertionError(name)


def _risk(serial: int | None) -> Any:
    if serial is None or serial == 0:
        return None
    if serial > 2**40:
        return "text"
    return ValueError("too low") if serial < 0 else serial * 2


def _follow(gadget: Parent, need: str) -> Any:
    name, _, part = need.partition(".")
    value = getattr(gadget, name)
    return getattr(value, part) if part and value is not None else value


def _in_row(row: dict[str, Any], need: str) -> Any:
    name, _, part = need.partition(".")
    value = row[name + _SUFFIXES[part]] if part else row[name]
    if value is None:
        return None
    if name in _ENUMS:
        enum = _ENUMS[name]
        return [enum(each) for each in value] if isinstance(value, list) else enum(value)
    if name in ("data", "extra"):
        return json.loads(value)
    return str(value) if name in ("id", "owner", "reviewer") else value


def _shown(value: Any) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case list():
            return ",".join(map(_shown, value))
        case _:
            return repr(value)


def _fail() -> Any:
    raise GraphQLError("failed")
