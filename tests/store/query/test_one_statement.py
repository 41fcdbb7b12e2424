"""However deep an operation nests, PostgreSQL gets one statement."""

import json

import pytest

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database, measured

DATA = {
    "a lookup": '{ post(slug: "post-1") { title body { html toc { text } } authors { name } } }',
    "several roots": "{ posts { totalCount } tags { totalCount } site { title } }",
    "a connection with everything": "{ posts(first: 2) { nodes { id } edges { cursor node { id } } "
    "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }",
    "four levels": "{ authors(first: 3) { nodes { posts(first: 2) { nodes { tags { posts(first: 2) "
    "{ nodes { authors { name } } totalCount } } } } } } }",
    "any entry": '{ node(id: "00000000-0000-0000-0000-000000000000") { id ... on Post { title } } }',
    "introspection beside data": "{ __schema { queryType { name } } posts(first: 1) { nodes { id } } }",
}


@pytest.mark.parametrize("document", DATA.values(), ids=DATA.keys())
async def test_one_statement(library: Database, document: str) -> None:
    """Planned or from the cache: one."""
    engine = Engine(default_model(), library.public)
    for _ in range(2):
        async with measured() as spent:
            answer = await engine.execute(document)
        assert (answer.status, spent.statements) == (200, 1), answer.body
        assert "errors" not in json.loads(answer.body)


@pytest.mark.parametrize("document", ["{ __typename }", "{ __schema { types { name } } t: __typename }"])
async def test_what_needs_no_rows_asks_for_none(library: Database, document: str) -> None:
    """The schema is known without the database."""
    async with measured() as spent:
        answer = await Engine(default_model(), library.public).execute(document)
    assert (answer.status, spent.statements) == (200, 0)


async def test_an_operation_is_planned_once(library: Database) -> None:
    """The second time, document and plan come from the caches, also for other values of a variable."""
    engine = Engine(default_model(), library.public)
    document = "query ($slug: String) { post(slug: $slug) { title } }"
    answers = [await engine.execute(document, {"slug": slug}) for slug in ("post-1", "post-2", "no-such")]
    assert [json.loads(answer.body)["data"]["post"] for answer in answers] == [
        {"title": "Post 1"},
        {"title": "Post 2"},
        None,
    ]
    assert (engine.plans.misses, engine.plans.hits, len(engine.plans)) == (1, 2, 1)
    assert (engine.documents.misses, engine.documents.hits) == (1, 2)
