"""An oracle that cannot fail proves nothing: plans that are wrong on purpose are found out."""

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from tests.store.query.oracle import Asked, difference, fill
from tests.store.query.test_oracle import Subject, make_oracle
from tests.store.query.test_walking import a_post, a_world

from masthead.model import default_model
from masthead.store import Database

DOCUMENT = """query ($after: String, $by: [PostOrder!]) {
    posts(first: 2, after: $after, orderBy: $by) { nodes { title date tags { name } } edges { cursor } }
}"""
BY = [{"updated": "ASC"}]

Mutation = Callable[[str], str]

MUTATIONS: dict[str, Mutation] = {
    "a limit one too high": lambda sql: sql.replace("LIMIT 2", "LIMIT 3"),
    "an order without its tie-break": lambda sql: re.sub(r'(ORDER BY [^,()]+), [^,()]*"id"', r"\1", sql),
    "the other direction": lambda sql: sql.replace('ORDER BY "updated"', 'ORDER BY "updated" DESC'),
    "a page that begins with the cursor's row": lambda sql: sql.replace(") > (", ") >= ("),
    "no rows behind the last value": lambda sql: re.sub(r'r\$\d+\."updated" IS NULL', "false", sql),
    "references out of order": lambda sql: sql.replace('."position"', '."position" DESC'),
    "the wrong column": lambda sql: re.sub(r't\$\d+\."title" AS', "'x' AS", sql),
    "another spelling of a moment": lambda sql: re.sub(
        r'(t\$\d+\."date") AS "date"', r'\1::text AS "date"', sql
    ),
}


@pytest.mark.parametrize("mutation", [None, *MUTATIONS], ids=["nothing", *MUTATIONS])
async def test_a_wrong_plan_is_found_out(database: Database, mutation: str | None) -> None:
    """The same comparison that passes for the planner fails for each way of being wrong."""
    same, body, expected = await compare(database, MUTATIONS[mutation] if mutation else lambda sql: sql)
    assert same is (mutation is None)
    assert (body == expected) is (mutation is None)


async def test_a_wrong_byte_is_found_out(database: Database) -> None:
    """Equal as JSON is not enough: the spelling is compared too."""
    same, body, expected = await compare(
        database, lambda sql: sql.replace("json_agg(o$)", "json_agg(to_jsonb(o$))")
    )
    assert same
    assert body != expected


async def compare(database: Database, mutate: Mutation) -> tuple[bool, bytes, bytes]:
    """Whether planner and oracle agree as JSON, and what each says."""
    subject = Subject(default_model(), "live")
    posts = [a_post(number, number * 5) | {"title": f"T{number}"} for number in (4, 2, 8, 6, 1, 7, 5, 3)]
    world = a_world(posts, "live")
    second = world.entries["Tag"][0] | {"id": UUID(int=5000), "name": "U", "slug": "u", "path": "/tags/u"}
    world.entries["Tag"].append(second)
    world.links["Post", "tags"] += [(post["id"], 1, second["id"], post["date"]) for post in posts]
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        cursor = oracle.cursor(default_model()["Post"], BY, posts[6])
        asked = Asked(DOCUMENT, {"after": cursor, "by": BY}, None)
        plan, values = subject.engine.plan(asked.document, asked.variables)
        mutated = mutate(plan.sql)
        rows = await subject.reader.fetch_rows(mutated, plan.arguments(values))
        body = b'{"data":%b}' % plan.answer(rows)
        expected = oracle.answer(asked.document, asked.variables)
        return not difference(json.loads(body), json.loads(expected)), body, expected
