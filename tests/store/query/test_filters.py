"""Filters against plain Python, which knows true and false and nothing between; many to each world."""

import json
import os
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import Filtered, Oracle, World, difference, fill, filtered, worlds
from tests.store.query.test_oracle import EVERYTHING, Subject, make_oracle
from tests.store.query.test_walking import a_post, a_world

from masthead.model import default_model
from masthead.store import STAGES, Database, Stage

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 12
FILTERS = 20
"""Filters for each generated world."""

Mutation = Callable[[str], str]


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_a_filter_holds_or_it_does_not(
    kitchen_sink: Database, data: st.DataObject, stage: Stage
) -> None:
    """Every operator over every kind of field, nested, through references both ways; literals, variables
    at the leaves, whole variables, nulls."""
    await compare_filters(kitchen_sink, EVERYTHING[stage], data)


async def compare_filters(database: Database, subject: Subject, data: st.DataObject) -> None:
    """One generated world, many generated filters."""
    world = data.draw(worlds(subject.model, subject.stage))
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        for _ in range(FILTERS):
            asked = data.draw(filtered(oracle.model, oracle.schema, oracle.entries))
            assert await is_right(subject, oracle, asked, lambda sql: sql), asked


MUTATIONS: dict[str, tuple[str, Mutation]] = {
    "a bare NOT": (
        '{not: {updated: {gt: "2025-03-19T00:00:00Z"}}}',
        lambda sql: re.sub(r"(\([^()]*\)) IS NOT TRUE", r"NOT \1", sql),
    ),
    "an inequality that null escapes": (
        '{description: {ne: "b"}}',
        lambda sql: sql.replace("IS DISTINCT FROM", "<>"),
    ),
    "NOT IN over nulls": (
        '{description: {notIn: ["b"]}}',
        lambda sql: re.sub(r"\((\S+) = ANY \((\S+)\)\) IS NOT TRUE", r"\1 <> ALL (\2)", sql),
    ),
    "LIKE with its wildcards": (
        '{description: {contains: "%"}}',
        lambda sql: re.sub(r"strpos\((\S+), (\S+)\) > 0", r"\1 LIKE '%' || \2 || '%'", sql),
    ),
    "none is some": ('{tags: {none: {name: {eq: "T"}}}}', lambda sql: sql.replace("NOT EXISTS", "EXISTS")),
    "any is all": (
        '{or: [{description: {eq: "a"}}, {updated: {isNull: true}}]}',
        lambda sql: sql.replace(" OR ", " AND "),
    ),
    "or less is less": (
        '{title: {lte: "T3"}}',
        lambda sql: sql.replace(" <= ", " < "),
    ),
    "a draft's reference to nothing is a reference": (
        "{cover: {}}",
        lambda sql: re.sub(r"EXISTS \(SELECT FROM draft.\"asset\" .*? = (\S+)\)", r"\1 IS NOT NULL", sql),
    ),
    "every holds somewhere": (
        '{tags: {every: {name: {eq: "T"}}}}',
        lambda sql: re.sub(r"NOT EXISTS (.*)IS DISTINCT FROM", r"EXISTS \1=", sql),
    ),
}
"""What is wrong, and a filter that shows it."""


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_wrong_semantics_are_found_out(database: Database, mutation: str) -> None:
    """A comparison that cannot fail proves nothing."""
    where, mutate = MUTATIONS[mutation]
    subject = Subject(default_model(), "draft")
    asked = Filtered(f"{{ posts(where: {where}) {{ nodes {{ title }} }} }}", {})
    async with fill(database, _posts()) as transaction:
        oracle = await make_oracle(transaction, _posts())
        subject.reader.transaction = transaction
        assert await is_right(subject, oracle, asked, lambda sql: sql)
        assert not await is_right(subject, oracle, asked, mutate)


def _posts() -> World:
    """With and without a description, an update and a tag; one has a cover that is not there."""
    posts = [a_post(number, number * 5) | {"title": f"T{number}"} for number in range(1, 9)]
    for post, description in zip(posts, (None, "a", "b", "%"), strict=False):
        post["description"] = description
    for number, post in enumerate(posts):
        post["cover"] = posts[0]["id"] if number == 2 else None
    world = a_world(posts, "draft")
    world.links["Post", "tags"] = world.links["Post", "tags"][:4]
    return world


async def is_right(subject: Subject, oracle: Oracle, asked: Filtered, mutate: Mutation) -> bool:
    """Whether planner and oracle agree."""
    plan, values = subject.engine.plan(asked.document, asked.variables)
    rows = await subject.reader.fetch_rows(mutate(plan.sql), plan.arguments(values))
    expected = json.loads(oracle.answer(asked.document, asked.variables))
    return not difference({"data": json.loads(plan.answer(rows))}, expected)


def test_variables_stand_inside_json_too() -> None:
    """Their values are parameters like all others; one that is not given leaves its key out."""
    document = """query ($a: JSON, $b: Int, $c: String) {
        gadgets(where: { data: { contains: { a: $a, list: [$b, 2], c: { d: $c } } } }) { totalCount }
    }"""
    engine = EVERYTHING["live"].engine
    spelled = []
    for variables in ({"a": {"x": None}, "b": 1, "c": "y"}, {"a": None, "b": 3}):
        plan, values = engine.plan(document, variables)
        spelled.append(json.loads(plan.arguments(values)[0]))
    assert spelled == [
        {"a": {"x": None}, "list": [1, 2], "c": {"d": "y"}},
        {"a": None, "list": [3, 2], "c": {}},
    ]
