"""An oracle that cannot fail proves nothing: answers that are wrong on purpose are found out."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.store.query.oracle import OneTransaction, difference, fill, spell
from tests.store.query.test_oracle import make_oracle
from tests.store.query.test_walking import a_post, a_world
from tests.store.rest.wanted import PAGE, Wanted, as_graphql, page_of

from masthead.model import default_model
from masthead.rest import Rest
from masthead.rest.address import read_address
from masthead.store import Database

QUERY = (
    "sort=-updated&page[size]=2&filter[title][ne]=T4&include=tags&fields=title,body.html&fields[tags]=name"
)
ORDER = [{"updated": "DESC"}]

Mutation = Callable[[str], str]

MUTATIONS: dict[str, Mutation] = {
    "a page one too long": lambda sql: sql.replace("LIMIT 2", "LIMIT 3"),
    "the other direction": lambda sql: sql.replace('"updated" DESC', '"updated" ASC'),
    "the opposite filter": lambda sql: sql.replace('"title" <> $', '"title" = $'),
    "references out of order": lambda sql: sql.replace('."position"', '."position" DESC'),
    "the wrong column": lambda sql: re.sub(r't\$\d+\."title" AS', "'x' AS", sql),
    "another part of the text": lambda sql: sql.replace('"body_html"', '"body_text"'),
    "no next page": lambda sql: sql.replace("CASE WHEN", "CASE WHEN false AND"),
}


@pytest.mark.parametrize("mutation", [None, *MUTATIONS], ids=["nothing", *MUTATIONS])
async def test_a_wrong_plan_is_found_out(database: Database, mutation: str | None) -> None:
    """The same comparison that passes for the planner fails for each way of being wrong."""
    mutate = MUTATIONS[mutation] if mutation else lambda sql: sql
    found, expected = await compare(database, mutate)
    assert bool(difference(found, expected)) is (mutation is not None)


async def compare(database: Database, mutate: Mutation) -> tuple[Any, Any]:
    """What REST says with a mutated statement, and what the oracle does."""
    model, reader = default_model(), OneTransaction()
    posts = [a_post(number, number * 5) | {"title": f"T{number}"} for number in (4, 2, 8, 6, 1, 7, 5, 3)]
    for post in posts:
        post["body_html"], post["body_text"] = "<p>html</p>", "text"
    world = a_world(posts, "live")
    second = world.entries["Tag"][0] | {"id": UUID(int=5000), "name": "U", "slug": "u", "path": "/tags/u"}
    world.entries["Tag"].append(second)
    world.links["Post", "tags"] += [(post["id"], 1, second["id"], post["date"]) for post in posts]
    rest = Rest(model, reader)
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        reader.transaction = transaction
        parameters = dict(each.split("=", 1) for each in QUERY.split("&"))
        parameters["page[after]"] = oracle.cursor(model["Post"], ORDER, posts[5])
        plan, values = rest.plan(read_address(rest.resources, "/api/posts"), parameters)
        rows = await reader.fetch_rows(mutate(plan.sql), plan.arguments(values))
        wanted = Wanted(model, oracle.schema, {}, {"Post": ["title", "body.html"], "Tag": ["name"]})
        members = wanted.members(model["Post"], {"tags": {}}, is_light=True)
        after = json.dumps(parameters["page[after]"])
        document = (
            f'{{ found: posts(first: 2, after: {after}, where: {{title: {{ne: "T4"}}}},'
            f" orderBy: [{{updated: DESC}}]) {{ data: nodes {as_graphql(members)} {PAGE} }} }}"
        )
        result = oracle.execute(document)
        assert not result.errors, result.errors
        expected = page_of(json.loads(spell(result.data))["found"], members)
        return json.loads(plan.answer(rows)), expected
