"""A comparison that cannot tell a wrong batch from a right one proves nothing: each wrong one is found."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import KITCHEN_SINK, OneTransaction, fill, operations, worlds
from tests.store.query.test_oracle import UNBOUNDED, make_oracle
from tests.store.query.test_together import compare, varied

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.query import Plan, Together, together
from masthead.store import Database

DOCUMENT = """query ($s: String, $t: String, $l: [String!]) {
    posts(first: 7, orderBy: {title: DESC}, where: {title: {contains: $s, notIn: $l}, slug: {contains: $t}}) {
        nodes { title }
    }
}"""


@dataclass(frozen=True, slots=True)
class Forgetful(Together):
    """Its lists travel without their last items."""

    def arguments(self, asked: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Those of the statement, but for what it forgets."""
        short = [[each[:-1] if isinstance(each, list) else each for each in one] for one in asked]
        return Together.arguments(self, short)


Mutation = Callable[[Together], Together]


@dataclass(frozen=True, slots=True)
class Repeating(Together):
    """It asks all what the first one asks."""

    def arguments(self, asked: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Those of the first answer, for each."""
        return Together.arguments(self, [asked[0]] * len(asked))


def respelled(before: str, after: str) -> Mutation:
    """Another statement in its place."""

    def mutate(many: Together) -> Together:
        assert before in many.sql
        return replace(many, sql=many.sql.replace(before, after))

    return mutate


MUTATIONS: dict[str, Mutation] = {
    "a neighbour's rows": respelled("SELECT a$.n,", "SELECT (a$.n % 10 + 1),"),
    "rows in another order": respelled("row_number() OVER ()", "-row_number() OVER ()"),
    "a row too few": respelled("v$) q$", "v$ OFFSET 1) q$"),
    "one argument in another's place": respelled("a$(p1, p2,", "a$(p2, p1,"),
    "the first one's arguments for all": lambda many: Repeating(many.plan, many.sql, many.lists),
    "lists without their last items": lambda many: Forgetful(many.plan, many.sql, many.lists),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=[*MUTATIONS])
async def test_a_wrong_batch_is_found_out(library: Database, mutation: Mutation) -> None:
    """The same comparison that passes for what `together` makes fails for each way of being wrong."""
    engine, asked = Engine(default_model(), library.public), []
    titles = [each["title"] for each in await _titles(engine)]
    for number in range(10):
        values = {"s": str(number), "t": str(9 - number), "l": [titles[0], titles[1]]}
        plan, given_ = engine.plan(DOCUMENT, values)
        asked.append(plan.arguments(given_))
    await compare(library.public, plan, asked)
    with pytest.raises(AssertionError):
        await compare(library.public, plan, asked, _mutated(mutation))


async def _titles(engine: Engine) -> Any:
    answer = await engine.execute(DOCUMENT, {"s": "1", "t": "8", "l": []})
    return json.loads(answer.body)["data"]["posts"]["nodes"]


def _mutated(mutation: Mutation) -> Callable[[Plan], Together | None]:
    def how(plan: Plan) -> Together | None:
        many = together(plan)
        return None if many is None else mutation(many)

    return how


@pytest.fixture
def found_out() -> Iterator[list[str]]:
    """The generated operations that were found out; in the end there is one."""
    found: list[str] = []
    yield found
    assert found


@settings(max_examples=15, derandomize=True, phases=[Phase.generate])
@given(data=st.data())
async def test_generated_operations_find_it_out_too(
    kitchen_sink: Database, found_out: list[str], data: st.DataObject
) -> None:
    """In generated worlds, where all are asked what the first one is."""
    reader = OneTransaction()
    engine = Engine(KITCHEN_SINK, reader, "live", UNBOUNDED)
    world = data.draw(worlds(KITCHEN_SINK, "live"))
    async with fill(kitchen_sink, world) as transaction:
        reader.transaction = transaction
        asked = data.draw(operations(await make_oracle(transaction, world)))
        plan, values = engine.plan(asked.document, asked.variables, asked.operation_name)
        if plan.constant is not None:
            return
        try:
            await compare(
                reader,
                plan,
                varied(plan.arguments(values)),
                _mutated(MUTATIONS["the first one's arguments for all"]),
            )
        except AssertionError:
            found_out.append(asked.document)
