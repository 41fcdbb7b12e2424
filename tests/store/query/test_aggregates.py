"""Aggregates and groups read the rows once, and not at all where nobody asked for them."""

import json
from typing import Any

import pytest
from tests.store.query.test_traps import rows_read

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database

GROUPED = """query ($by: [PostGroupBy!]!, $first: Int, $order: GroupOrder) {
    posts { groups(by: $by, first: $first, orderBy: $order) { key { date updated } count max { title } } }
}"""


async def answered(database: Database, document: str, variables: dict[str, Any] | None = None) -> Any:
    """The data of the answer."""
    answer = await Engine(default_model(), database.public).execute(document, variables)
    return json.loads(answer.body)["data"]


async def test_whatever_is_asked_of_all_rows_is_one_scan(library: Database) -> None:
    """The count, each function, and the same again under another name."""
    document = """{ posts {
        totalCount
        a: aggregate { count min { date title } max { date updated } } b: aggregate { max { date } }
    } }"""
    assert (await rows_read(library, document))["post"] == 3000


async def test_a_page_reads_no_aggregate(library: Database) -> None:
    """Trap: a page takes 0.1 ms, its count 69."""
    engine = Engine(default_model(), library.public)
    sql = engine.plan("{ posts(first: 2) { nodes { id } edges { cursor } } }")[0].sql
    assert not any(function in sql for function in ("count(", "max(", "GROUP BY"))


async def test_an_aggregate_reads_no_page(library: Database) -> None:
    """Neither sorts nor limits: only what it is asked."""
    engine = Engine(default_model(), library.public)
    for member in ("totalCount", "aggregate { max { date } }", "groups(by: [{date: YEAR}]) { count }"):
        sql = engine.plan(f"{{ posts(first: 7) {{ {member} }} }}")[0].sql
        assert "LIMIT 7" not in sql
        assert 'ORDER BY r$1."date" DESC' not in sql


async def test_the_newest_date_is_one_step_into_the_index(library: Database) -> None:
    """A scan that asks for nothing else is none."""
    assert (await rows_read(library, "{ posts { aggregate { max { date } } } }"))["post"] <= 1


async def test_a_tags_newest_date_needs_no_post(library: Database) -> None:
    """The link table has a copy of it."""
    document = '{ tag(slug: "tag-7") { posts { totalCount aggregate { max { date } } } } }'
    read = await rows_read(library, document)
    assert (read["post"], read["post__tags"]) == (0, 30)


async def test_an_aggregate_knows_the_filter_but_not_the_page(library: Database) -> None:
    """All that match, whatever the page shows of them."""
    document = """{ posts(first: 1, where: { slug: { in: ["post-3", "post-9", "none"] } }) {
        nodes { id } aggregate { count min { title } } groups(by: [{ date: YEAR }]) { count }
    } }"""
    posts = (await answered(library, document))["posts"]
    assert posts["aggregate"] == {"count": 2, "min": {"title": "Post 3"}}
    assert posts["groups"] == [{"count": 2}]


async def test_nothing_comes_to_nothing(library: Database) -> None:
    """A count of zero, nulls, and no group."""
    document = """{ posts(where: { slug: { eq: "none" } }) {
        aggregate { count min { date } } groups(by: [{ date: YEAR }]) { count }
    } }"""
    posts = (await answered(library, document))["posts"]
    assert posts == {"aggregate": {"count": 0, "min": {"date": None}}, "groups": []}


async def test_groups_by_month(library: Database) -> None:
    """The key is the beginning of the month in UTC; what is no part of the key is null."""
    variables = {"by": [{"date": "MONTH"}], "first": 2, "order": "KEY_DESC"}
    groups = (await answered(library, GROUPED, variables))["posts"]["groups"]
    assert groups == [
        {
            "key": {"date": "2025-02-01T00:00:00+00:00", "updated": None},
            "count": 769,
            "max": {"title": "Post 3000"},
        },
        {
            "key": {"date": "2025-01-01T00:00:00+00:00", "updated": None},
            "count": 2231,
            "max": {"title": "Post 999"},
        },
    ]


@pytest.mark.parametrize(
    ("order", "keys"), [("KEY_ASC", ["2025-06-01", None]), ("KEY_DESC", ["2025-06-01", None])]
)
async def test_a_group_without_a_value_comes_last(
    library: Database, order: str, keys: list[str | None]
) -> None:
    """In either direction."""
    variables = {"by": [{"updated": "MONTH"}], "order": order}
    groups = (await answered(library, GROUPED, variables))["posts"]["groups"]
    assert [group["key"]["updated"] and group["key"]["updated"][:10] for group in groups] == keys


async def test_one_plan_serves_one_key(library: Database) -> None:
    """Trap 4: keys, sizes and orders decide the SQL, so each has a plan of its own."""
    warm = Engine(default_model(), library.public)
    asked = [
        {"by": [{"date": "MONTH"}]},
        {"by": [{"date": "YEAR"}]},
        {"by": [{"date": "MONTH"}], "first": 1},
        {"by": [{"date": "MONTH"}], "order": "COUNT_DESC"},
        {"by": [{"updated": "MONTH"}, {"date": "MONTH"}]},
    ]
    for variables in [*asked, *reversed(asked)]:
        cold = await Engine(default_model(), library.public).execute(GROUPED, variables)
        assert (await warm.execute(GROUPED, variables)).body == cold.body
    assert len(warm.plans) == len(asked)
