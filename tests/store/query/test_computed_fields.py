"""Computed fields beside stored ones, against graphql-core resolving them entry by entry."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import OneTransaction, difference, fill, operations, worlds
from tests.store.query.oracle.computed import COMPUTING, FUNCTIONS
from tests.store.query.test_oracle import EXAMPLES, OPERATIONS, UNBOUNDED, make_oracle

from masthead.graphql import Engine
from masthead.store import STAGES, Database, Stage, measured

READERS: dict[Stage, OneTransaction] = {stage: OneTransaction() for stage in STAGES}
ENGINES: dict[Stage, Engine] = {
    stage: Engine(COMPUTING, READERS[stage], stage, UNBOUNDED, functions=FUNCTIONS) for stage in STAGES
}


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_generated_operations(kitchen_sink: Database, data: st.DataObject, stage: Stage) -> None:
    """Data to the byte, and an error at the path of each value that failed: no more, no fewer."""
    world = data.draw(worlds(COMPUTING, stage))
    async with fill(kitchen_sink, world) as transaction:
        oracle = await make_oracle(transaction, world)
        READERS[stage].transaction = transaction
        for _ in range(OPERATIONS):
            asked = data.draw(operations(oracle))
            async with measured() as spent:
                answer = await ENGINES[stage].execute(asked.document, asked.variables, asked.operation_name)
            expected, errors = oracle.spelled(asked.document, asked.variables, asked.operation_name)
            assert (answer.status, spent.statements <= 1) == (200, True), (answer.body, asked)
            assert not difference(json.loads(answer.body)["data"], json.loads(expected)), asked
            assert answer.body.endswith(f'"data":{expected}}}'.encode()), asked
            assert {error.message for error in errors} <= {"failed"}, errors
            assert failed_paths(answer.body) == sorted(json.dumps(error.path) for error in errors), asked


def failed_paths(body: bytes) -> list[str]:
    """The paths of the engine's errors."""
    return sorted(json.dumps(error["path"]) for error in json.loads(body).get("errors", []))
