"""The leak hunt: what a guard lets through, against graphql-core over rows without what may not be seen.

An operation may name anything that is in the world, also what its viewer may not see: it then gets the very
bytes that it would get if that were not there. Some drafts are archived, and lists are often of these.
"""

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.access.hunt import Hunt, hunting
from tests.store.query.oracle import KITCHEN_SINK, difference, operations
from tests.store.query.test_oracle import UNBOUNDED
from tests.store.rest.requests import requests
from tests.store.rest.test_rest_oracle import answer, expected

from masthead.content.commands import Actor, Command, Outcome
from masthead.graphql import EditingEngine, Engine
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
        limits = Limits(filter_depth=20, cost=10**9)
        is_draft = stage == "draft"
        rest = Rest(KITCHEN_SINK, found.reader, stage, limits, policies=found.policies, has_record=is_draft)
        for _ in range(OPERATIONS):
            asked = data.draw(requests(found.whole))
            seen = without_record(await answer(rest, asked, found.viewer), is_list=asked.is_list)
            assert not difference(seen, expected(found.left, asked)), (
                asked,
                found.viewer,
                found.policies.to_json(),
            )


def without_record(answer: Any, *, is_list: bool) -> Any:
    """What is registered of a draft is not asked for: it comes by itself."""
    for each in answer["data"] if is_list else [answer or {}]:
        each.pop("entry", None)
    return answer


def engine_of(model: ContentModel, found: Hunt, stage: Stage) -> Engine:
    """That of the public, or that of editors, whose lists can be of what is archived."""
    parts: dict[str, Any] = {"limits": UNBOUNDED, "policies": found.policies}
    if stage == "live":
        return Engine(model, found.reader, stage, **parts)
    return EditingEngine(model, found.reader, Nobody(), **parts)


class Nobody:
    """Nothing is changed here."""

    async def run(self, command: Command, actor: Actor, *, key: str | None = None) -> Outcome:
        """No hunt asks for it."""
        raise AssertionError(command)


async def hunt(database: Database, model: ContentModel, stage: Stage, data: st.DataObject) -> None:
    """One generated world, policies and a viewer; some operations: equal as JSON, then to the byte."""
    async with hunting(database, model, stage, data) as found:
        engine = engine_of(model, found, stage)
        for _ in range(OPERATIONS):
            asked = data.draw(operations(found.whole))
            plan, values = engine.plan(asked.document, asked.variables, asked.operation_name, found.viewer)
            rows = [] if plan.constant else await found.reader.fetch_rows(plan.sql, plan.arguments(values))
            body = b'{"data":%b}' % (plan.constant or plan.answer(rows))
            left = found.left.answer(asked.document, asked.variables, asked.operation_name)
            where = (asked, found.viewer, found.policies.to_json())
            assert not difference(json.loads(body), json.loads(left)), where
            assert body == left, where
