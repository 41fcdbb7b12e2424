"""Generated entries: few and alike, so that orders have ties, pages have ends and references meet."""

import json
import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from tests.store.query.oracle.blocks import BlockMaker

from masthead.model import ContentModel, ContentType, Field, kinds
from masthead.store import Stage

EPOCH = datetime(2025, 3, 19, tzinfo=UTC)
TEXTS = ["", "a", "A", "b", "ä", "z z", 'quo"te', "back\\slash", "line\nbreak", "tab\t", "\u2028", "😀"]
TEXTS += ["\x7f\x01\x1f", "</script>", "é", "null", "0", "\U0001d4b3", "it's"]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e15, 123456789012345.6, 1e-5, 1.5e300, 5e-324, 2.0**53, 100000.0]
INTEGERS = [0, 1, -1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, -(2**63)]
DECIMALS = [
    Decimal(text) for text in ("0", "1.50", "1.5", "-2", "1E+3", "0.0000001", "12345678901234567890.1")
]
MOMENTS = [EPOCH + timedelta(microseconds=count) for count in (0, 1, 500_000, 123_450, 86_400_000_000)]
MOMENTS += [datetime(1969, 12, 31, 23, 59, tzinfo=UTC), datetime(987, 1, 2, 3, 4, 5, 60, tzinfo=UTC)]
# Not the first and the last date: the driver stores them as infinity.
DAYS = [date(2025, 3, 19), date(2025, 3, 20), date(1, 1, 2), date(9999, 12, 30)]
VALUES = [
    {},
    [],
    "text",
    1.5,
    True,
    {"b": 1, "a": [None, {"ö": "\n"}]},
    [1, [2, [3]]],
    {"long": 0, "z": None},
    {"$f0": 0, "0": "hidden?", "$": 0},
]

Row = dict[str, Any]
"""Physical columns to values, as the driver takes them."""


class World:
    """Rows of every content table by type name, and links (owner, position, target, sort) by field."""

    def __init__(self, model: ContentModel, stage: Stage) -> None:
        self.model = model
        self.stage: Stage = stage
        self.entries: dict[str, list[Row]] = {}
        self.links: dict[tuple[str, str], list[tuple[UUID, int, UUID, Any]]] = {}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(rows)} {name}" for name, rows in self.entries.items())
        return f"World({self.stage}: {counts})"


@st.composite
def worlds(draw: st.DrawFn, model: ContentModel, stage: Stage) -> World:
    """A few entries of each type. Values come from one seed: they need no shrinking, counts do."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    counts = {each.name: draw(st.integers(0, 1 if each.is_singleton else 7)) for each in model}
    return make_world(model, stage, counts, chance)


def make_world(model: ContentModel, stage: Stage, counts: Mapping[str, int], chance: random.Random) -> World:
    """So many entries of each type."""
    world = World(model, stage)
    for content_type in model:
        world.entries[content_type.name] = [
            _row(content_type, number, chance, stage) for number in range(counts[content_type.name])
        ]
    # First what an entry cannot be without: where that is missing the entry goes, before others refer to it.
    for is_required in (True, False):
        for content_type in model:
            for each in content_type.fields:
                if _must_refer(each) is is_required:
                    _refer(world, content_type, each, chance)
    return world


def _must_refer(each: Field) -> bool:
    return isinstance(each.kind, kinds.Reference) and not each.is_nullable


def _row(content_type: ContentType, number: int, chance: random.Random, stage: Stage) -> Row:
    may_lack_path = stage == "draft" or content_type.path is None
    row: Row = {
        "id": UUID(int=chance.getrandbits(128)),
        "path": None if may_lack_path and chance.random() < 0.2 else f"/{content_type.table}/{number}",
        "created_at": chance.choice(MOMENTS),
        "updated_at": chance.choice(MOMENTS),
        "published_at": None if stage == "draft" and chance.random() < 0.3 else chance.choice(MOMENTS),
    }
    for each in content_type.fields:
        is_missing = (each.is_nullable or stage == "draft") and chance.random() < 0.35
        row |= _columns(each, number, chance, stage, is_missing=is_missing)
    return row


def _columns(each: Field, number: int, chance: random.Random, stage: Stage, *, is_missing: bool) -> Row:
    match each.kind:
        case kinds.References():
            return {}
        case kinds.Markdown():
            values = [None] * 6 if is_missing else _markdown(chance)
            suffixes = ("", "_html", "_text", "_excerpt", "_toc", "_minutes")
            return {each.column + suffix: value for suffix, value in zip(suffixes, values, strict=True)}
        case kinds.Blocks():  # filled once all entries are there
            return {each.column: None if is_missing else "[]"}
        case kinds.Slug():
            same = stage == "draft" and chance.random() < 0.3
            return {each.column: None if is_missing else "same" if same else f"s{number}"}
        case _:
            return {each.column: None if is_missing else value_of(each.kind, chance)}


def _markdown(chance: random.Random) -> list[Any]:
    toc = [
        {"level": chance.randint(1, 6), "id": f"h-{index}", "text": chance.choice(TEXTS)}
        for index in range(chance.randint(0, 3))
    ]
    return [*(chance.choice(TEXTS) for _ in range(4)), json.dumps(toc), chance.randint(1, 9)]


def value_of(kind: kinds.Kind, chance: random.Random) -> Any:
    """A value of a one-column kind, as the driver takes it."""
    match kind:
        case kinds.Text() | kinds.Url():
            return chance.choice(TEXTS)
        case kinds.Integer(minimum=int() as low, maximum=int() as high):
            return chance.choice([low, low + 1, high])
        case kinds.Integer():
            return chance.choice(INTEGERS)
        case kinds.Float():
            return chance.choice(FLOATS)
        case kinds.Decimal():
            return chance.choice(DECIMALS)
        case kinds.Boolean():
            return chance.random() < 0.5
        case kinds.Date():
            return chance.choice(DAYS)
        case kinds.DateTime():
            return chance.choice(MOMENTS)
        case kinds.Enumeration(values=values):
            return chance.choice(values)
        case kinds.Json():
            return json.dumps(chance.choice(VALUES))
        case kinds.Markdown():
            return _markdown(chance)
        case kinds.Scalars(item=item):
            return [value_of(item, chance) for _ in range(chance.randint(0, 3))]
        case _:
            return None


def _refer(world: World, owner: ContentType, each: Field, chance: random.Random) -> None:
    match each.kind:
        case kinds.Blocks() as kind:
            for row in world.entries[owner.name]:
                if row[each.column] is not None:
                    row[each.column] = _blocks(world, chance).make(kind)
        case kinds.Reference(target=target):
            for row in list(world.entries[owner.name]):
                row[each.column] = _target(world, owner, each, target, chance)
                if row[each.column] is None and not each.is_nullable and world.stage == "live":
                    world.entries[owner.name].remove(row)  # nothing to refer to: it cannot be public
        case kinds.References(target=target):
            world.links[owner.name, each.name] = [
                (row["id"], position, found, row[owner.order_field.column] if owner.order_field else None)
                for row in world.entries[owner.name]
                for position, found in enumerate(_targets(world, target, chance))
            ]
        case _:
            pass


def _blocks(world: World, chance: random.Random) -> BlockMaker:
    ids = {name: [row["id"] for row in rows] for name, rows in world.entries.items()}
    return BlockMaker(world.model, ids, world.stage == "draft", chance, value_of)


def _target(world: World, owner: ContentType, each: Field, target: str, chance: random.Random) -> Any:
    candidates = [row["id"] for row in world.entries[target]]
    if world.stage == "draft":
        # A draft may refer to what has no draft of that type: the registry is all that it must be in.
        candidates += [row["id"] for row in world.entries[owner.name]]
    may_be_missing = each.is_nullable or world.stage == "draft"
    if not candidates or (may_be_missing and chance.random() < 0.3):
        return None
    return chance.choice(candidates)


def _targets(world: World, target: str, chance: random.Random) -> list[UUID]:
    candidates = [row["id"] for row in world.entries[target]]
    if world.stage == "draft":
        candidates += [row["id"] for rows in world.entries.values() for row in rows[:1]]
    unique = list(dict.fromkeys(candidates))
    return chance.sample(unique, min(len(unique), chance.randint(0, 4)))
