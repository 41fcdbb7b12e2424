"""The leak hunt: what a guard lets through, against graphql-core over rows without what may not be seen.

An operation may name anything that is in the world, also what its viewer may not see: it then gets the very
bytes that it would get if that were not there.
"""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.access.hunt import hunting
from tests.store.query.oracle import KITCHEN_SINK, difference, operations
from tests.store.query.test_oracle import UNBOUNDED
from tests.store.rest.requests import requests
from tests.store.rest.test_rest_oracle import answer, expected

from masthead.graphql import Engine
from masthead.model import ContentModel, default_model
from masthead.rest import Limits, Rest
from masthead.store import STAGES, Database, Stage

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "1000")) if IS_TORTURE else 15
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


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_rest(kitchen_sink: Database, data: st.DataObject, stage: Stage) -> None:
    """Through the other door."""
    async with hunting(kitchen_sink, KITCHEN_SINK, stage, data) as found:
        rest = Rest(
            KITCHEN_SINK, found.reader, stage, Limits(filter_depth=20, cost=10**9), policies=found.policies
        )
        for _ in range(OPERATIONS):
            asked = data.draw(requests(found.whole))
            seen = await answer(rest, asked, found.viewer)
            assert not difference(seen, expected(found.left, asked)), (
                asked,
                found.viewer,
                found.policies.to_json(),
            )


async def hunt(database: Database, model: ContentModel, stage: Stage, data: st.DataObject) -> None:
    """One generated world, policies and a viewer; some operations: equal as JSON, then to the byte."""
    async with hunting(database, model, stage, data) as found:
        engine = Engine(model, found.reader, stage, UNBOUNDED, policies=found.policies)
        for _ in range(OPERATIONS):
            asked = data.draw(operations(found.whole))
            plan, values = engine.plan(asked.document, asked.variables, asked.operation_name, found.viewer)
            rows = [] if plan.constant else await found.reader.fetch_rows(plan.sql, plan.arguments(values))
            body = b'{"data":%b}' % (plan.constant or plan.answer(rows))
            left = found.left.answer(asked.document, asked.variables, asked.operation_name)
            where = (asked, found.viewer, found.policies.to_json())
            assert not difference(json.loads(body), json.loads(left)), where
            assert body == left, where
