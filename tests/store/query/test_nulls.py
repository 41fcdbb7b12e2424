"""The trap of null semantics (design page): what is unknown to SQL is true or false to a client."""

import json

import pytest

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database

NULLS = ["ASC", "DESC", "ASC_NULLS_FIRST", "ASC_NULLS_LAST", "DESC_NULLS_FIRST", "DESC_NULLS_LAST"]


@pytest.mark.parametrize("direction", NULLS)
async def test_pages_do_not_lose_entries_without_a_value(library: Database, direction: str) -> None:
    """Null semantics: a comparison with null is unknown, and a third of the posts have no update."""
    document = """query ($after: String, $d: Order!) {
        posts(first: 500, after: $after, orderBy: [{ updated: $d }]) {
            nodes { id updated } pageInfo { hasNextPage endCursor }
        }
    }"""
    engine, nodes, after, has_next = Engine(default_model(), library.public), [], None, True
    while has_next and len(nodes) <= 3000:
        answer = json.loads((await engine.execute(document, {"after": after, "d": direction})).body)
        page = answer["data"]["posts"]
        after, has_next = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        nodes += page["nodes"]
    assert len(nodes) == len({node["id"] for node in nodes}) == 3000
    are_first = direction == "DESC" or direction.endswith("FIRST")
    assert (nodes[0 if are_first else -1]["updated"], nodes[-1 if are_first else 0]["updated"]) != (
        None,
        None,
    )
    assert nodes[0 if are_first else -1]["updated"] is None


async def test_a_filter_and_its_opposite_hold_all_entries(library: Database) -> None:
    """Null semantics: an entry without a value fulfils what a comparison does not."""
    when = '{ updated: { gt: "2025-06-03T00:00:00Z" } }'
    document = (
        f"{{ a: posts(where: {when}) {{ totalCount }} b: posts(where: {{ not: {when} }}) {{ totalCount }} }}"
    )
    data = json.loads((await Engine(default_model(), library.public).execute(document)).body)["data"]
    assert data["a"]["totalCount"] > 0
    assert data["a"]["totalCount"] + data["b"]["totalCount"] == 3000
