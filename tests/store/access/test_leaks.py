"""The leak hunt: what a guard lets through, against graphql-core over rows without what may not be seen.

An operation may name anything that is in the world, also what its viewer may not see: it then gets the very
bytes that it would get if that were not there.
"""

import json
import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.access.hunt import possess, seen, viewer_and_policies
from tests.store.query.oracle import (
    KITCHEN_SINK,
    OneTransaction,
    Oracle,
    difference,
    fill,
    find_everything,
    operations,
    read_rows,
    worlds,
)
from tests.store.query.test_oracle import UNBOUNDED, ranks_of

from masthead.access import shown_model
from masthead.graphql import Engine
from masthead.model import ContentModel, default_model
from masthead.store import STAGES, Database, Stage

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 25
OPERATIONS = 6
"""Operations for each world, policies and viewer."""


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_default_model(database: Database, data: st.DataObject, stage: Stage) -> None:
    """Over the default publication, in both stages."""
    await hunt(database, default_model(), stage, data)


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_every_kind_of_field(kitchen_sink: Database, data: st.DataObject, stage: Stage) -> None:
    """Over a model with every kind of field, optional and not, and every kind of reference."""
    await hunt(kitchen_sink, KITCHEN_SINK, stage, data)


async def hunt(database: Database, model: ContentModel, stage: Stage, data: st.DataObject) -> None:
    """One generated world, policies and a viewer; some operations: equal as JSON, then to the byte."""
    world = data.draw(worlds(model, stage))
    viewer, policies = data.draw(viewer_and_policies(model))
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    reader = OneTransaction()
    engine = Engine(model, reader, stage, UNBOUNDED, policies=policies)
    shown = shown_model(model, policies, stage)
    async with fill(database, world) as transaction:
        reader.transaction = transaction
        possessions = await possess(transaction, world, chance)
        entries, links = await read_rows(transaction, world)
        hits = await find_everything(transaction, model, entries)
        ranks = await ranks_of(transaction, entries)
        whole = Oracle(shown, stage, entries, links, ranks, hits)
        left = seen(model, stage, (entries, links, hits), possessions, policies, viewer)
        oracle = Oracle(shown, stage, left.entries, left.links, ranks, left.hits)
        for _ in range(OPERATIONS):
            asked = data.draw(operations(whole))
            plan, values = engine.plan(asked.document, asked.variables, asked.operation_name, viewer)
            rows = [] if plan.constant else await reader.fetch_rows(plan.sql, plan.arguments(values))
            body = b'{"data":%b}' % (plan.constant or plan.answer(rows))
            expected = oracle.answer(asked.document, asked.variables, asked.operation_name)
            where = (asked, viewer, policies.to_json())
            assert not difference(json.loads(body), json.loads(expected)), where
            assert body == expected, where
