"""The planner's answers against graphql-core executing field by field over plain rows, to the byte."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import (
    COMPARED,
    KITCHEN_SINK,
    Asked,
    OneTransaction,
    Oracle,
    World,
    difference,
    fill,
    find_everything,
    operations,
    read_rows,
    worlds,
)

from masthead.graphql import Engine, Limits
from masthead.model import ContentModel, default_model
from masthead.store import STAGES, Database, Stage, Transaction

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 20
OPERATIONS = 5
"""Operations for each generated world."""

UNBOUNDED = Limits(
    aliases=10_000, root_fields=10_000, directives=10_000, repeats=10_000, conditions=10_000, cost=10**30
)
"""What is generated asks for more than a client would; depth, fields and page size it knows."""


class Subject:
    """The planner over one model and stage; its plans outlive the worlds, as in a server."""

    def __init__(self, model: ContentModel, stage: Stage) -> None:
        self.model = model
        self.stage: Stage = stage
        self.reader = OneTransaction()
        self.engine = Engine(model, self.reader, stage, UNBOUNDED)

    async def answer(self, asked: Asked) -> bytes:
        """What Engine.execute answers, with failures raised instead of answered."""
        plan, values = self.engine.plan(asked.document, asked.variables, asked.operation_name)
        data = plan.constant or plan.answer(await self.reader.fetch_rows(plan.sql, plan.arguments(values)))
        return b'{"data":%b}' % data


DEFAULT: dict[Stage, Subject] = {stage: Subject(default_model(), stage) for stage in STAGES}
EVERYTHING: dict[Stage, Subject] = {stage: Subject(KITCHEN_SINK, stage) for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_default_model(database: Database, data: st.DataObject, stage: Stage) -> None:
    """Over the default publication, in both stages."""
    await compare(database, DEFAULT[stage], data)


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_every_kind_of_field(kitchen_sink: Database, data: st.DataObject, stage: Stage) -> None:
    """Over a model with every kind of field, optional and not, and every kind of reference."""
    await compare(kitchen_sink, EVERYTHING[stage], data)


async def compare(database: Database, subject: Subject, data: st.DataObject) -> None:
    """One generated world, some generated operations: equal as JSON, then equal to the byte."""
    world = data.draw(worlds(subject.model, subject.stage))
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        for _ in range(OPERATIONS):
            asked = data.draw(operations(oracle))
            body = await subject.answer(asked)
            expected = oracle.answer(asked.document, asked.variables, asked.operation_name)
            assert not difference(json.loads(body), json.loads(expected)), asked
            assert body == expected, asked


async def make_oracle(transaction: Transaction, world: World) -> Oracle:
    """The oracle over what the tables really hold."""
    entries, links = await read_rows(transaction, world)
    return Oracle(
        world.model,
        world.stage,
        entries,
        links,
        await ranks_of(transaction, entries),
        await find_everything(transaction, world.model, entries),
    )


async def ranks_of(
    transaction: Transaction, entries: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, int]:
    """The place of each text among all, as the database sorts them."""
    texts = {
        value for rows in entries.values() for row in rows for value in row.values() if isinstance(value, str)
    }
    ordered: list[dict[str, Any]] = await transaction.fetch(
        "SELECT v FROM unnest($1::text[]) v ORDER BY v", sorted(texts | {*COMPARED})
    )
    return {row["v"]: rank for rank, row in enumerate(ordered)}
