"""REST's answers against graphql-core executing the same wish field by field over plain rows."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import KITCHEN_SINK, OneTransaction, difference, fill, spell, worlds
from tests.store.query.oracle.resolvers import Oracle
from tests.store.query.test_oracle import EXAMPLES, make_oracle
from tests.store.rest.requests import Asked, requests

from masthead.access import ANONYMOUS, Viewer
from masthead.kernel import NotFoundError
from masthead.model import ContentModel, default_model
from masthead.rest import Limits, Rest
from masthead.store import STAGES, Database, Stage

REQUESTS = 6
"""Requests for each generated world."""


class Subject:
    """REST over one model and stage; its plans outlive the worlds, as in a server."""

    def __init__(self, model: ContentModel, stage: Stage) -> None:
        self.model = model
        self.stage: Stage = stage
        self.reader = OneTransaction()
        self.rest = Rest(model, self.reader, stage, Limits(filter_depth=20, cost=10**9))


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
    """One generated world, some generated requests: equal as JSON, keys in their order."""
    world = data.draw(worlds(subject.model, subject.stage))
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        for _ in range(REQUESTS):
            asked = data.draw(requests(oracle))
            found = await answer(subject.rest, asked)
            assert not difference(found, expected(oracle, asked)), asked


async def answer(rest: Rest, asked: Asked, viewer: Viewer = ANONYMOUS) -> object:
    """What REST answers, as JSON values; None for a 404."""
    try:
        return json.loads((await rest.get(asked.path, asked.query, viewer)).body)
    except NotFoundError:
        return None


def expected(oracle: Oracle, asked: Asked) -> object:
    """What the oracle does."""
    result = oracle.execute(asked.document, asked.variables)
    assert not result.errors, (result.errors, asked)
    return asked.expected(json.loads(spell(result.data)))
