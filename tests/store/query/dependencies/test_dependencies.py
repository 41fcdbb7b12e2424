"""Whatever changes an answer touches what the answer depends on: generated operations, generated changes."""

import os
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.access.hunt.generated_policies import viewer_and_policies
from tests.store.query.dependencies import (
    Tally,
    Tracked,
    changed,
    noted_by,
    read_live,
    refill,
    rewrite,
    touches_between,
    track,
)
from tests.store.query.oracle import KITCHEN_SINK, Asked, OneTransaction, fill, operations, worlds
from tests.store.query.oracle.models import models
from tests.store.query.test_models import make
from tests.store.query.test_oracle import UNBOUNDED, make_oracle
from tests.store.rest.requests import requests

from masthead.access import ANONYMOUS, Policies, Viewer
from masthead.graphql import Engine
from masthead.kernel import NotFoundError
from masthead.model import ContentModel, default_model
from masthead.rest import Limits, Rest
from masthead.store import Database, Touch, open_database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 15
OPERATIONS, CHANGES = 4, 3
"""For each generated world."""


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_default_model(database: Database, data: st.DataObject) -> None:
    """Over the default publication."""
    await follow(database, default_model(), data)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_every_kind_of_field(kitchen_sink: Database, data: st.DataObject) -> None:
    """Over a model with every kind of field, optional and not, and every kind of reference."""
    await follow(kitchen_sink, KITCHEN_SINK, data)


@settings(max_examples=EXAMPLES // 2)
@given(data=st.data())
async def test_any_model(empty_database_url: str, data: st.DataObject) -> None:
    """A new model each time, its tables made and dropped."""
    model = data.draw(models())
    async with open_database(empty_database_url, size=1) as database:
        await make(database, model)
        await follow(database, model, data)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_what_a_viewer_may_see(kitchen_sink: Database, data: st.DataObject) -> None:
    """Where policies hide entries and fields, by whatever rule, from whomever. What asks who owns an entry
    is not kept."""
    viewer, policies = data.draw(viewer_and_policies(KITCHEN_SINK))
    await follow(kitchen_sink, KITCHEN_SINK, data, policies, viewer)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_rest(kitchen_sink: Database, data: st.DataObject) -> None:
    """Through the other door."""
    world = data.draw(worlds(KITCHEN_SINK, "live"))
    reader = OneTransaction()
    rest = Rest(KITCHEN_SINK, reader, "live", Limits(filter_depth=20, cost=10**9))
    async with fill(kitchen_sink, world) as transaction:
        reader.transaction = transaction
        oracle = await make_oracle(transaction, world)
        asked = [data.draw(requests(oracle)) for _ in range(OPERATIONS)]
        for _ in range(CHANGES):
            before = await read_live(transaction, KITCHEN_SINK)
            answers = [await got(rest, each.path, each.query) for each in asked]
            world = data.draw(changed(world))
            await refill(transaction, world)
            touches = touches_between(before, await read_live(transaction, KITCHEN_SINK))
            for each, was in zip(asked, answers, strict=True):
                now = await got(rest, each.path, each.query)
                if was is not None and now is not None:
                    track(was, now, touches, TALLY)
                elif was is not None:
                    track(was, Tracked(each, b"", was.dependencies), touches, TALLY)


TALLY = Tally()


async def got(rest: Rest, path: str, query: bytes) -> Tracked | None:
    """What REST answers; None for a 404."""
    try:
        answer, dependencies = await rest.get_traced(path, query)
    except NotFoundError:
        return None
    assert dependencies is not None
    return Tracked((path, query), answer.body, dependencies)


async def follow(
    database: Database,
    model: ContentModel,
    data: st.DataObject,
    policies: Policies | None = None,
    viewer: Viewer = ANONYMOUS,
) -> None:
    """One generated world and some operations; some changes, each followed by the same operations."""
    world = data.draw(worlds(model, "live"))
    reader = OneTransaction()
    engine = Engine(model, reader, "live", UNBOUNDED, policies=policies)
    async with fill(database, world) as transaction:
        reader.transaction = transaction
        oracle = await make_oracle(transaction, world)
        asked = [data.draw(operations(oracle)) for _ in range(OPERATIONS)]
        answers = first = [await asked_of(engine, each, viewer) for each in asked]
        chain: list[Touch] = []
        for _ in range(CHANGES):
            before = await read_live(transaction, model)
            world = data.draw(changed(world))
            touches = await noted_by(transaction, world, data.draw(st.sampled_from([refill, rewrite])))
            compared = touches_between(before, await read_live(transaction, model))
            assert {(each.type, each.entry) for each in compared} <= {
                (each.type, each.entry) for each in touches
            }
            chain += touches
            now = [await asked_of(engine, each, viewer) for each in asked]
            compare(answers, now, touches, TALLY)
            compare(answers, now, compared, Tally())
            answers = now
        compare(first, answers, chain, Tally())


def compare(
    before: Sequence[Tracked | None], after: Sequence[Tracked | None], touches: Sequence[Touch], tally: Tally
) -> None:
    """Each answer with what became of it: after one change, or after several of them."""
    for was, now in zip(before, after, strict=True):
        if was is not None and now is not None:
            track(was, now, touches, tally)
        else:
            tally.refused += 1


async def asked_of(engine: Engine, asked: Asked, viewer: Viewer) -> Tracked | None:
    """What the engine answers; None where that must not be kept."""
    answer, dependencies = await engine.execute_traced(
        asked.document, asked.variables, asked.operation_name, viewer
    )
    assert answer.status == 200, answer.body
    return None if dependencies is None else Tracked(asked, answer.body, dependencies)
