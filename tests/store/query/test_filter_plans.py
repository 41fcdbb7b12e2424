"""Filters that an index serves read what they find and little more. Rows are counted, not seconds."""

from typing import Any

import pytest
from tests.store.query.test_traps import rows_read

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database

POSTS = "query ($f: PostFilter) { posts(first: 20, where: $f) { nodes { title } } }"

BOUNDS: dict[str, tuple[dict[str, Any], dict[str, int]]] = {
    "a unique field": ({"slug": {"eq": "post-77"}}, {"post": 1}),
    "some values of a unique field": ({"slug": {"in": ["post-7", "post-77", "none"]}}, {"post": 2}),
    "an entry that is referred to": (
        {"tags": {"some": {"slug": {"eq": "tag-7"}}}},
        {"tag": 1, "post__tags": 30, "post": 30},
    ),
    "the default order's field": (
        {"date": {"gte": "2025-02-01T00:00:00Z", "lt": "2025-02-01T04:00:00Z"}},
        {"post": 12},
    ),
    "none of the related ones": ({"tags": {"none": {"slug": {"eq": "tag-7"}}}}, {"tag": 1, "post": 25}),
    "what is indexed and what is not": (
        {"and": [{"slug": {"eq": "post-77"}}, {"title": {"contains": "Post"}}]},
        {"post": 1},
    ),
}


@pytest.mark.parametrize(("where", "bounds"), BOUNDS.values(), ids=BOUNDS.keys())
async def test_what_is_indexed_is_not_searched(
    library: Database, where: dict[str, Any], bounds: dict[str, int]
) -> None:
    """3,000 posts are there; the bounds say how many rows of each table may be touched."""
    read = await rows_read(library, POSTS, {"f": where})
    assert {table: count for table, count in read.items() if count > bounds.get(table, 30)} == {}


async def test_ids_are_looked_up(library: Database) -> None:
    """One probe of the primary key for each."""
    answer = await Engine(default_model(), library.public).execute("{ posts(first: 3) { nodes { id } } }")
    ids = [part.split('"')[0] for part in answer.body.decode().split('"id":"')[1:]]
    assert (await rows_read(library, POSTS, {"f": {"id": {"in": ids}}}))["post"] == 3


async def test_the_other_direction_is_as_cheap(library: Database) -> None:
    """The tags of one post, found through the post."""
    read = await rows_read(
        library, '{ tags(where: {posts: {some: {slug: {eq: "post-7"}}}}) { nodes { name } } }'
    )
    assert (read["post"], read["post__tags"], read["tag"]) == (1, 2, 2)


async def test_an_id_of_a_reference_needs_no_other_table(library: Database) -> None:
    """A reference of what is public leads somewhere, so its own column is enough."""
    where = {"cover": {"id": {"eq": "00000000-0000-0000-0000-000000000001"}}}
    plan, _ = Engine(default_model(), library.public).plan(POSTS, {"f": where})
    assert "asset" not in plan.sql
    read = await rows_read(library, POSTS, {"f": where})
    assert read["post"] == 0


@pytest.mark.parametrize(
    ("where", "is_narrow"),
    [('{date: {lt: "2025-01-20T00:00:00Z"}}', True), ('{title: {startsWith: "Post"}}', False)],
)
async def test_a_tag_s_newest_stay_one_range_where_the_link_table_has_what_the_filter_reads(
    library: Database, where: str, is_narrow: bool
) -> None:
    """It holds the id and the default order's field; for anything else the posts are joined."""
    document = f'{{ tag(slug: "tag-7") {{ posts(first: 5, where: {where}) {{ nodes {{ title }} }} }} }}'
    read = await rows_read(library, document)
    assert (read["post__tags"] <= 5) is is_narrow
    assert read["post"] <= 30


async def test_a_rare_value_without_an_index_is_searched_for(library: Database) -> None:
    """Known, and said in the reference: PostgreSQL walks the order and stops at the page's end, which for
    a rare value is the table's end. It guesses that `contains` holds for a third of all rows."""
    read = await rows_read(library, POSTS, {"f": {"title": {"contains": "Post 7 "}}})
    assert read["post"] == 3000
    common = await rows_read(library, POSTS, {"f": {"title": {"contains": "Post"}}})
    assert common["post"] == 20


async def test_filters_of_one_shape_share_a_plan_and_others_do_not(library: Database) -> None:
    """The values are parameters, the length of a list included."""
    engine = Engine(default_model(), library.public)
    same = [{"slug": {"in": ["a"]}}, {"slug": {"in": ["b", "c", "d"]}}, {"slug": {"in": []}}]
    others: list[dict[str, Any]] = [
        {"slug": {"notIn": ["a"]}},
        {"title": {"in": ["a"]}},
        {"or": [{"slug": {"in": ["a"]}}]},
        {"or": [{"slug": {"in": ["a"]}}, {"slug": {"in": ["a"]}}]},
        {"slug": {"eq": "a"}},
        {"slug": {"eq": None}},
        {"slug": {"isNull": True}},
        {"slug": {"isNull": False}},
        {},
    ]
    plans = [engine.plan(POSTS, {"f": where})[0] for where in [*same, *others]]
    assert len({id(each) for each in plans[:3]}) == 1
    assert len({id(each) for each in plans}) == 1 + len(others)
    order = [{"slug": {"eq": "a"}, "title": {"eq": "b"}}, {"title": {"eq": "b"}, "slug": {"eq": "a"}}]
    assert engine.plan(POSTS, {"f": order[0]})[0] is engine.plan(POSTS, {"f": order[1]})[0]


SHAPES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "query ($t: String) { posts(first: 3, where: {description: {eq: $t}}) { totalCount } }",
        [{"t": "x"}, {"t": None}, {}],
    ),
    (
        "query ($n: Boolean!) { posts(where: {updated: {isNull: $n}}) { totalCount } }",
        [{"n": True}, {"n": False}],
    ),
    (
        "query ($a: String!, $b: String!) { posts(where: {slug: {in: [$a, $b]}}) { nodes { slug } } }",
        [{"a": "post-1", "b": "post-2"}, {"a": "post-3", "b": "none"}],
    ),
    (
        "query ($f: PostFilter!) { posts(first: 2, where: {and: [$f, {not: $f}]}) { totalCount } }",
        [{"f": {"slug": {"eq": "post-1"}}}, {"f": {"cover": None}}, {"f": {"cover": {}}}],
    ),
    (
        "query ($f: [PostFilter!]) { posts(where: {or: $f}) { totalCount } }",
        [{"f": []}, {"f": [{}]}, {"f": [{"slug": {"eq": "post-1"}}]}, {"f": {"slug": {"ne": "post-1"}}}],
    ),
]


@pytest.mark.parametrize(("document", "given"), SHAPES, ids=[document[:60] for document, _ in SHAPES])
async def test_a_kept_plan_answers_only_the_filters_it_was_made_for(
    library: Database, document: str, given: list[dict[str, Any]]
) -> None:
    """With a warm cache every answer is that of a cold one."""
    warm = Engine(default_model(), library.public)
    for variables in [*given, *reversed(given)]:
        cold = await Engine(default_model(), library.public).execute(document, variables)
        found = await warm.execute(document, variables)
        assert (found.status, found.body) == (200, cold.body)
