"""The oracle of aggregates, groups and searches finds out plans that are wrong on purpose."""

import enum
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.store.query.oracle import World, difference, fill
from tests.store.query.test_oracle import Subject, make_oracle

from masthead import model as mh
from masthead.store import Database, apply_model, open_database


class Size(enum.Enum):
    """Declared in another order than that of the alphabet."""

    DRAFT = "draft"
    SECOND = "2nd"


class Item(mh.Entry, order="name"):
    """What can be counted, added up, grouped and found."""

    name: str
    size: Size
    price: Decimal | None = None
    weight: float | None = None
    stock: int | None = None
    made: date | None = None
    seen: datetime
    text: mh.Markdown


MODEL = mh.compile_model([Item], mh.ContentLock())[0]
NOW = datetime(2024, 12, 30, 23, 30, tzinfo=UTC)
ROWS: list[tuple[Any, ...]] = [
    ("null", "draft", Decimal("1.50"), 0.1, 2**62, date(2024, 12, 31), "a <b> c"),
    ("a", "2nd", Decimal("1.5"), 0.2, 2**62, date(2025, 1, 1), "null and null"),
    ("B", "2nd", Decimal("2.125"), -0.0, 2**62, date(2025, 1, 6), "script & null"),
    ("c", "draft", None, None, None, None, "nothing"),
    ("d", "draft", Decimal(10), 0.3, -1, date(2025, 3, 31), 'line break "null"'),
]

AGGREGATES = """{ items {
    totalCount
    aggregate {
        count min { name price weight } max { price made stock } sum { price weight stock }
        avg { price weight stock }
    }
} }"""
GROUPS = """{ items {
    size: groups(by: [{ size: VALUE }]) { key { size } count }
    price: groups(by: [{ price: VALUE }], orderBy: KEY_DESC) { key { price } count }
    weeks: groups(by: [{ seen: WEEK }, { made: QUARTER }], orderBy: COUNT_DESC, first: 3) {
        key { seen made } count max { name }
    }
    day: groups(by: [{ seen: DAY }]) { key { seen } count }
} }"""
SEARCH = '{ items(search: "null") { totalCount edges { rank snippet node { name } } } }'

Mutation = Callable[[str], str]

MUTATIONS: dict[str, tuple[str, Mutation]] = {
    "a count of values": (AGGREGATES, lambda sql: sql.replace("count(*)", "count(r$1.price)")),
    "a count of one page": (AGGREGATES, lambda sql: sql.replace("count(*)", "least(count(*), 2)")),
    "a sum of distinct values": (
        AGGREGATES,
        lambda sql: sql.replace('sum(r$1."stock")', 'sum(DISTINCT r$1."stock")'),
    ),
    "a mean that counts nulls": (
        AGGREGATES,
        lambda sql: sql.replace('avg(r$1."stock")', 'avg(coalesce(r$1."stock", 0))'),
    ),
    "a sum that is a number": (
        AGGREGATES,
        lambda sql: re.sub(r'("m\d+")::text AS "stock"', r'\1 AS "stock"', sql),
    ),
    "floats added as binary fractions": (AGGREGATES, lambda sql: sql.replace("::text::numeric", "")),
    "a minus before zero": (AGGREGATES, lambda sql: sql.replace(" + 0::float8", "")),
    "digits of whichever row came last": (
        AGGREGATES,
        lambda sql: re.sub(r"round\((min\(.+?\)), max\(.+?\)\)\)", r"\1", sql, count=1),
    ),
    "zeros at the end of a mean": (AGGREGATES, lambda sql: sql.replace("trim_scale", "")),
    "the smallest for the largest": (
        AGGREGATES,
        lambda sql: sql.replace('max(r$1."made")', 'min(r$1."made")'),
    ),
    "enumerations by alphabet": (
        GROUPS,
        lambda sql: re.sub(r"array_position\(ARRAY\[.+?\], (.+?)\)", r"\1", sql),
    ),
    "nulls first": (GROUPS, lambda sql: sql.replace("NULLS LAST", "NULLS FIRST")),
    "no order of counts": (GROUPS, lambda sql: re.sub(r"count\(\*\) DESC, |\S+ DESC, ", "", sql)),
    "a limit one too low": (GROUPS, lambda sql: sql.replace("LIMIT 3", "LIMIT 2")),
    "weeks that begin elsewhere": (
        GROUPS,
        lambda sql: sql.replace("date_trunc('week', ", "date_trunc('week', interval '6 days' + "),
    ),
    "days of another place": (GROUPS, lambda sql: sql.replace("'UTC'", "'Asia/Tokyo'")),
    "quarters for months": (GROUPS, lambda sql: sql.replace("'quarter'", "'month'")),
    "names for stored values": (GROUPS, lambda sql: sql.replace("'DRAFT'", "'draft'")),
    "rank by another measure": (SEARCH, lambda sql: re.sub(r", 1\)::float8", ", 0)::float8", sql)),
    "worst first": (SEARCH, lambda sql: sql.replace("DESC", "ASC")),
    "marks before escapes": (SEARCH, lambda sql: sql.replace("'&amp;'", "'&'")),
    "another word": (SEARCH, lambda sql: sql.replace("$1::text", "($1::text || ' or line')")),
    "other words are marked": (SEARCH, lambda sql: sql.replace("<mark>", "<b>")),
}


@pytest.fixture
async def items(empty_database_url: str) -> AsyncIterator[Database]:
    """A database of the model."""
    async with open_database(empty_database_url, size=1) as opened:
        await apply_model(opened, MODEL)
        yield opened


def a_world() -> World:
    """ROWS, each twenty minutes after the one before."""
    world = World(MODEL, "live")
    world.entries = {"Item": [_row(number, *each) for number, each in enumerate(ROWS)]}
    return world


def _row(number: int, *values: Any) -> Any:
    *own, text = values
    moment = NOW + timedelta(minutes=20 * number)
    system = dict.fromkeys(("created_at", "updated_at", "published_at", "seen"), moment)
    texts = {"text": text, "text_html": "", "text_text": text, "text_excerpt": "", "text_toc": "[]"}
    named = dict(zip(("name", "size", "price", "weight", "stock", "made"), own, strict=True))
    return {"id": UUID(int=number), "path": None, **system, **named, **texts, "text_minutes": 1}


async def compare(database: Database, document: str, mutate: Mutation) -> tuple[bool, bool]:
    """Whether planner and oracle agree as JSON, and to the byte."""
    subject = Subject(MODEL, "live")
    world = a_world()
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        plan, values = subject.engine.plan(document)
        mutated = mutate(plan.sql)
        assert mutated != plan.sql or mutate is unchanged
        body = plan.answer(await subject.reader.fetch_rows(mutated, plan.arguments(values)))
    answer = b'{"data":%b}' % body
    expected = oracle.answer(document)
    return not difference(json.loads(answer), json.loads(expected)), answer == expected


def unchanged(sql: str) -> str:
    """The planner's own statement."""
    return sql


@pytest.mark.parametrize("document", [AGGREGATES, GROUPS, SEARCH], ids=["aggregates", "groups", "search"])
async def test_the_right_plan_agrees(items: Database, document: str) -> None:
    """To the byte: otherwise the rest would prove nothing."""
    assert await compare(items, document, unchanged) == (True, True)


@pytest.mark.parametrize(("document", "mutate"), MUTATIONS.values(), ids=MUTATIONS.keys())
async def test_a_wrong_plan_is_found_out(items: Database, document: str, mutate: Mutation) -> None:
    """Each way of being wrong shows."""
    assert await compare(items, document, mutate) != (True, True)
