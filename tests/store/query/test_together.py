"""Answers that are read together have the bytes that they have when they are read one by one."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import KITCHEN_SINK, OneTransaction, fill, operations, worlds
from tests.store.query.test_oracle import UNBOUNDED, make_oracle

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.query import Plan, RowReader, Together, read_all, together
from masthead.store import Database


def varied(arguments: Sequence[Any]) -> list[list[Any]]:
    """The arguments, and others that the same plan takes: none of a kind is changed into another."""
    return [list(arguments), [_other(each) for each in arguments], list(arguments)]


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value // 2
        case str():
            return value[::-1] if value.isalnum() else value
        case list():
            return value[:1]
        case _:
            return value


@settings(max_examples=40)
@given(data=st.data())
async def test_together_and_one_by_one_are_the_same_bytes(
    kitchen_sink: Database, data: st.DataObject
) -> None:
    """For generated worlds and operations, with their arguments and with others."""
    reader = OneTransaction()
    engine = Engine(KITCHEN_SINK, reader, "live", UNBOUNDED)
    world = data.draw(worlds(KITCHEN_SINK, "live"))
    async with fill(kitchen_sink, world) as transaction:
        reader.transaction = transaction
        oracle = await make_oracle(transaction, world)
        for _ in range(5):
            asked = data.draw(operations(oracle))
            plan, values = engine.plan(asked.document, asked.variables, asked.operation_name)
            if plan.constant is None:
                await compare(reader, plan, varied(plan.arguments(values)))


async def compare(
    reader: RowReader,
    plan: Plan,
    asked: Sequence[Sequence[Any]],
    how: Callable[[Plan], Together | None] = together,
) -> None:
    """One statement against as many as there are arguments."""
    alone = [plan.answer(await reader.fetch_rows(plan.sql, each)) for each in asked]
    assert await read_all(reader, plan, how(plan), asked) == alone


@pytest.mark.parametrize("count", [2, 50])
async def test_a_page_keeps_its_order(library: Database, count: int) -> None:
    """Rows of one answer come in the order of its page, whatever stands beside it."""
    engine = Engine(default_model(), library.public)
    listed = "first: 7, orderBy: {title: DESC}, where: {title: {contains: $s}}"
    document = f"query ($s: String) {{ posts({listed}) {{ nodes {{ title }} }} }}"
    asked = []
    for number in range(count):
        plan, values = engine.plan(document, {"s": str(number % 10)})
        asked.append(plan.arguments(values))
    alone = [plan.answer(await library.public.fetch_rows(plan.sql, each)) for each in asked]
    many = together(plan)
    assert many is not None
    assert await read_all(library.public, plan, many, asked) == alone
    assert len({*alone}) > 1
