"""The five traps of a compiled read path (design page). Each test fails when someone walks into its trap.

Rows are counted, not seconds: what EXPLAIN ANALYZE says was read is the same on a busy machine.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database

PAGE = "{ posts(first: 20) { nodes { title authors { name } tags { name } cover { url } } } }"
WALK = "query ($after: String, $by: [PostOrder!]) { posts(first: 20, after: $after, orderBy: $by) { %s } }"
BACK = "query ($before: String, $by: [PostOrder!]) { posts(last: 20, before: $before, orderBy: $by) { %s } }"


async def rows_read(
    database: Database, document: str, variables: Mapping[str, Any] | None = None
) -> Counter[str]:
    """By table: the rows that the document's statement touched."""
    plan, values = Engine(default_model(), database.public).plan(document, variables)
    return await rows_touched(database, plan.sql, plan.arguments(values))


async def rows_touched(database: Database, sql: str, arguments: Sequence[Any] = ()) -> Counter[str]:
    """By table: the rows that a statement touched, also those it threw away."""
    async with database.transaction() as transaction:
        explained = await transaction.fetch_value(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", *arguments
        )
    found: Counter[str] = Counter()
    waiting = [json.loads(explained)[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        if "Relation Name" in node:
            touched = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            found[node["Relation Name"]] += round(touched * node["Actual Loops"])
    return found


async def cursor_at(database: Database, row: int, order_by: list[dict[str, str]] | None) -> str:
    """The cursor of the row of that number."""
    engine, after = Engine(default_model(), database.public), None
    document = """query ($n: Int, $a: String, $by: [PostOrder!]) {
        posts(first: $n, after: $a, orderBy: $by) { pageInfo { endCursor } }
    }"""
    for start in range(0, row, 500):
        count = min(500, row - start)
        answer = await engine.execute(document, {"n": count, "a": after, "by": order_by})
        after = json.loads(answer.body)["data"]["posts"]["pageInfo"]["endCursor"]
    return after or ""


async def test_json_is_made_of_the_page_and_of_nothing_else(library: Database) -> None:
    """Trap 1, the unfenced LATERAL: PostgreSQL pulls it up and makes JSON of every author."""
    plan, _ = Engine(default_model(), library.public).plan(PAGE)
    assert "LATERAL" not in plan.sql.upper()
    read = await rows_read(library, PAGE)
    assert read["post"] == 20
    assert (read["author"], read["tag"]) == (40, 40)
    assert read["asset"] == 20


async def test_the_newest_of_a_tag_are_one_range_of_the_link_index(library: Database) -> None:
    """The copied sort key spares reading, joining and sorting all posts of the tag."""
    read = await rows_read(library, '{ tag(slug: "tag-7") { posts(first: 5) { nodes { title } } } }')
    assert (read["post__tags"], read["post"]) == (5, 5)


PAGES = ["nodes { title }", "edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"]
OF_LISTS: list[list[dict[str, Any]] | None] = [None, [{"id": "ASC"}], [{"date": "ASC"}, {"id": "ASC"}]]
"""The orders that an index serves, whatever the page."""


@pytest.mark.parametrize("by", OF_LISTS, ids=str)
@pytest.mark.parametrize("selection", PAGES)
async def test_a_deep_page_costs_what_the_first_one_costs(
    library: Database, selection: str, by: list[dict[str, str]] | None
) -> None:
    """Trap 2, OR over the keys: right, and it reads every row before the cursor. In both directions: the
    page, the row more, and the one row that says whether something lies behind the cursor."""
    cursor = await cursor_at(library, 1500, by)
    for document, name in ((WALK, "after"), (BACK, "before")):
        read = await rows_read(library, document % selection, {name: cursor, "by": by})
        assert read["post"] <= 22


async def test_a_range_between_two_cursors_is_read_and_no_more(library: Database) -> None:
    """The second cursor is an end of the range, not a filter of all rows behind the first."""
    after, before = await cursor_at(library, 1500, None), await cursor_at(library, 1505, None)
    document = "query ($a: String, $b: String) { posts(%s: 20, after: $a, before: $b) { nodes { id } } }"
    for size in ("first", "last"):
        assert (await rows_read(library, document % size, {"a": after, "b": before}))["post"] == 4
        assert (await rows_read(library, document % size, {"a": before, "b": after}))["post"] == 0


@pytest.mark.parametrize(
    ("document", "name", "part"),
    [(WALK, "after", "hasPreviousPage"), (BACK, "before", "hasNextPage")],
    ids=["forwards", "backwards"],
)
async def test_whether_the_other_side_has_entries_costs_one_row(
    library: Database, document: str, name: str, part: str
) -> None:
    """One step into the index, not a count of what lies on the other side of the cursor."""
    cursor = await cursor_at(library, 2500, None)
    read = await rows_read(library, document % f"pageInfo {{ {part} }}", {name: cursor})
    assert read["post"] == 1


async def test_nothing_is_counted_that_nobody_asked_for(library: Database) -> None:
    """Trap 3: a page takes 0.1 ms, its count 69."""
    engine = Engine(default_model(), library.public)
    assert "count(" not in engine.plan("{ posts(first: 2) { nodes { id } edges { cursor } } }")[0].sql
    assert (await rows_read(library, "{ posts(first: 2) { nodes { id } pageInfo { hasNextPage } } }"))[
        "post"
    ] == 3
    assert (await rows_read(library, "{ posts(first: 2) { totalCount } }"))["post"] == 3000


SHAPES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "query ($n: Int) { posts(first: $n) { nodes { slug } } }",
        [{"n": 1}, {"n": 2}, {}, {"n": None}, {"n": 0}],
    ),
    (
        "query ($n: Int, $o: Int) { posts(last: $n, offset: $o) { nodes { slug } } }",
        [{"n": 1}, {"n": 2}, {"n": 2, "o": 1}, {"n": 2, "o": 0}, {"o": 3}],
    ),
    (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }",
        [{"ids": []}, {"ids": ["00000000-0000-0000-0000-000000000000"]}],
    ),
    (
        "query ($by: [PostOrder!]) { posts(first: 2, orderBy: $by) { nodes { slug } } }",
        [
            {"by": [{"updated": "ASC"}]},
            {"by": [{"updated": "ASC_NULLS_FIRST"}]},
            {"by": [{"updated": "DESC_NULLS_LAST"}, {"cover": {"width": "ASC"}}]},
            {"by": [{"title": "ASC"}]},
            {"by": [{"title": "DESC"}]},
            {"by": []},
            {"by": [{"slug": "ASC"}, {"id": "ASC"}]},
        ],
    ),
    (
        "query ($d: Order!) { posts(first: 2, orderBy: [{ title: $d }]) { nodes { slug } } }",
        [{"d": "ASC"}, {"d": "DESC"}],
    ),
    (
        (
            "query ($s: Boolean!, $i: Boolean!) { posts(first: 1) "
            "{ totalCount @skip(if: $s) nodes @include(if: $i) { slug } } }"
        ),
        [{"s": s, "i": i} for s in (True, False) for i in (True, False)],
    ),
    (
        "query ($id: ID, $slug: String) { post(id: $id, slug: $slug) { slug } }",
        [
            {"slug": "post-1"},
            {"slug": "post-2"},
            {"id": "00000000-0000-0000-0000-000000000000"},
            {"id": None, "slug": "post-3"},
        ],
    ),
    ("query ($t: String!) { __type(name: $t) { name } }", [{"t": "Post"}, {"t": "Tag"}, {"t": "Nothing"}]),
    (
        (
            "query ($m: Boolean!) { tags(first: 1) { nodes { ...F } } } "
            "fragment F on Tag { name slug @include(if: $m) }"
        ),
        [{"m": True}, {"m": False}],
    ),
]


@pytest.mark.parametrize(("document", "given"), SHAPES, ids=[document[:40] for document, _ in SHAPES])
async def test_a_kept_plan_answers_only_what_it_was_made_for(
    library: Database, document: str, given: list[dict[str, Any]]
) -> None:
    """Trap 4, a key that leaves something out: with a warm cache every answer is that of a cold one."""
    warm = Engine(default_model(), library.public)
    for variables in [*given, *reversed(given)]:
        cold = await Engine(default_model(), library.public).execute(document, variables)
        assert (await warm.execute(document, variables)).body == cold.body
    assert len({(await warm.execute(document, variables)).body for variables in given}) > 1


async def test_a_cursor_with_a_null_has_a_plan_of_its_own(library: Database) -> None:
    """Trap 4 again: whether a cursor's value is null decides the SQL."""
    by = [{"updated": "DESC"}]
    first, last = await cursor_at(library, 500, by), await cursor_at(library, 2500, by)
    warm = Engine(default_model(), library.public)
    for cursor, name in product((first, last, first, last), ("after", "before")):
        document = (WALK if name == "after" else BACK) % "nodes { slug }"
        variables = {name: cursor, "by": by}
        cold = await Engine(default_model(), library.public).execute(document, variables)
        assert (await warm.execute(document, variables)).body == cold.body
    assert len(warm.plans) == 4


async def test_stage_and_model_are_part_of_the_key(library: Database) -> None:
    """Trap 4 once more: one document, two stages, two plans."""
    sql = [Engine(default_model(), library.drafts, stage).plan(PAGE)[0].sql for stage in ("live", "draft")]
    assert "draft." not in sql[0]
    assert "live." not in sql[1]


@pytest.mark.parametrize("size", ["first", "last"])
@pytest.mark.parametrize("cursor", [None, "after", "before"])
async def test_limits_are_numbers_in_the_text(library: Database, size: str, cursor: str | None) -> None:
    """Trap 5, LIMIT $1: a generic plan guesses a tenth of the table (68 ms against 1.3)."""
    document = """query ($n: Int, $o: Int, $after: String, $before: String) {
        posts(%s: $n, after: $after, before: $before, offset: $o) {
            nodes { tags { posts(%s: $n) { nodes { id } } } } pageInfo { hasNextPage hasPreviousPage }
        }
    }"""
    variables = {"n": 7, "o": 3} | ({cursor: await cursor_at(library, 5, None)} if cursor else {})
    plan, _ = Engine(default_model(), library.public).plan(document % (size, size), variables)
    limits = re.findall(r"(?:LIMIT|OFFSET) ([^ )]+)", plan.sql)
    assert {"7", "8", "3"} <= set(limits) <= {"1", "3", "7", "8"}
