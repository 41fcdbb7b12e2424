"""Pages of lists that are sorted by little that differs: who comes, goes or is moved, across either end.

The generated worlds seldom have an entry just behind a page. Here there are eight, with five ranks.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import orjson
import pytest
from tests.store.query.dependencies import Tally, Tracked, read_live, refill, touches_between, track
from tests.store.query.oracle import OneTransaction, World, fill
from tests.store.query.oracle.world import make_world
from tests.store.query.test_models import make
from tests.store.query.test_oracle import UNBOUNDED

import masthead as mh
from masthead.graphql import Engine
from masthead.model import ContentLock, compile_model
from masthead.store import Database, Touch, open_database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
CHANGES = 400 if IS_TORTURE else 40
CHAIN = 3
"""Changes after which an answer is compared with what it was before all of them, too."""


class Shelf(mh.Entry, order="name"):
    """Where items stand."""

    name: str


class Item(mh.Entry, order="rank"):
    """What is sorted."""

    name: str
    rank: int
    weight: int | None = None
    is_new: bool = False
    shelf: mh.Ref[Shelf] | None = None


MODEL = compile_model([Shelf, Item], ContentLock())[0]
ORDERS = ("{ rank: ASC }", "{ rank: DESC }", "{ weight: ASC }", "{ weight: DESC }")
CUTS = ("first: 2", "first: 2, offset: 2", "last: 2", "first: 2, after: $cursor", "first: 40")
TOLD = ("", "totalCount", "pageInfo { hasNextPage hasPreviousPage }")
CONDITIONS = ("", ", where: { isNew: { eq: true } }")


def operations() -> list[str]:
    """Each kind of page in each order, with and without what is told of the whole list."""
    flat = [
        f"items(orderBy: {order}, {cut}{where}) {{ nodes {{ name }} {told} }}"
        for order, cut, told, where in product(ORDERS, CUTS, TOLD, CONDITIONS)
    ]
    nested = [
        f"shelfs {{ nodes {{ items(orderBy: {order}, {cut}) {{ nodes {{ name }} {told} }} }} }}"
        for order, cut, told in product(ORDERS, CUTS[:2], TOLD[:2])
    ]
    return flat + nested


@pytest.mark.parametrize("seed", range(2))
async def test_a_page_depends_on_what_may_move_into_it(empty_database_url: str, seed: int) -> None:
    """Whatever turns a page into another one touches what it depends on, before and after; so do several
    changes together."""
    async with open_database(empty_database_url, size=1) as database:
        await make(database, MODEL)
        tally = await _follow(database, random.Random(seed))
    assert 0 < tally.changed < tally.touched < tally.kept


async def _follow(database: Database, chance: random.Random) -> Tally:
    world = make_world(MODEL, "live", Counter(Shelf=2), chance)
    for _ in range(8):
        _insert(world, chance)
    asked = chance.sample(operations(), 40)
    tally, reader = Tally(), OneTransaction()
    engine = Engine(MODEL, reader, "live", UNBOUNDED)
    async with fill(database, world) as transaction:
        reader.transaction = transaction
        history = [[await _answer(engine, each, await _cursor(engine, each)) for each in asked]]
        changes: list[list[Touch]] = []
        before = await read_live(transaction, MODEL)
        for _ in range(CHANGES):
            _change(world, chance)
            await refill(transaction, world)
            after = await read_live(transaction, MODEL)
            changes.append(touches_between(before, after))
            before = after
            history.append([await _answer(engine, was.asked[0], was.asked[1]) for was in history[-1]])
            for was, now in zip(history[-2], history[-1], strict=True):
                track(was, now, changes[-1], tally)
            if len(history) > CHAIN:
                chain = [touch for each in changes[-CHAIN:] for touch in each]
                for was, now in zip(history[-1 - CHAIN], history[-1], strict=True):
                    track(was, now, chain, Tally())
    return tally


async def _cursor(engine: Engine, asked: str) -> str:
    """Of the second item, in the order that is asked for."""
    order = next(each for each in ORDERS if each in asked)
    answer = await engine.execute(f"{{ items(first: 2, orderBy: {order}) {{ pageInfo {{ endCursor }} }} }}")
    cursor = orjson.loads(answer.body)["data"]["items"]["pageInfo"]["endCursor"]
    assert isinstance(cursor, str)
    return cursor


async def _answer(engine: Engine, asked: str, cursor: str) -> Tracked:
    uses = "$cursor" in asked
    document = f"query{' ($cursor: String!)' if uses else ''} {{ {asked} }}"
    answer, found = await engine.execute_traced(document, {"cursor": cursor} if uses else {})
    assert answer.status == 200, answer.body
    assert found is not None
    return Tracked((asked, cursor), answer.body, found)


def _change(world: World, chance: random.Random) -> None:
    """One thing of one item, mostly; sometimes one comes or goes."""
    items = world.entries["Item"]
    row = chance.choice(items)
    match chance.randrange(7):
        case 0 if len(items) < 12:
            _insert(world, chance)
        case 1 if len(items) > 4:
            items.remove(row)
        case 2:
            row["is_new"] = not row["is_new"]
        case 3:
            row["shelf"] = _shelf(world, chance)
        case 4:
            row["weight"] = _weight(chance)
        case _:
            row["rank"] = chance.randrange(5)


def _insert(world: World, chance: random.Random) -> None:
    number = chance.getrandbits(60)
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    world.entries["Item"].append({
        "id": UUID(int=number),
        "path": None,
        **dict.fromkeys(("created_at", "updated_at", "published_at"), moment),
        "name": f"item {number}",
        "rank": chance.randrange(5),
        "weight": _weight(chance),
        "is_new": chance.random() < 0.7,
        "shelf": _shelf(world, chance),
    })  # fmt: skip


def _weight(chance: random.Random) -> int | None:
    return chance.choice([None, None, 0, 1, 2, 3])


def _shelf(world: World, chance: random.Random) -> UUID | None:
    return chance.choice([None, *(each["id"] for each in world.entries["Shelf"])])
