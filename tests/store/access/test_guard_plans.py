"""A guard is a subquery that PostgreSQL looks through: what an index serves is served by it all the same.

Rows are counted, not seconds.
"""

from uuid import UUID

import pytest
from tests.store.query.test_traps import rows_touched

import masthead as mh
from masthead.access import ANONYMOUS, Viewer, compile_policies
from masthead.graphql import Engine
from masthead.model import Asset, Author, Post, Tag, default_model
from masthead.store import Database

MODEL = default_model()
AUTHOR = Viewer(UUID(int=1), frozenset({"author"}))
RESTRICTING = compile_policies(
    MODEL,
    [
        mh.policies(
            Post,
            mh.allow("read", to=mh.anyone, when=mh.this.title != "Post 5"),
            mh.allow("read", to="author", when=mh.is_own),
            mh.hide("description"),
        ),
        mh.policies(Asset, mh.allow("read", to=mh.anyone, when=mh.this.filename != "7.png")),
        mh.policies(Tag, mh.allow("read", to=mh.anyone, when=mh.this.name != "Tag 3")),
        mh.policies(Author, mh.allow("read", to=mh.anyone, when=mh.this.name != "Author 3")),
    ],
)

BOUNDS: dict[str, tuple[str, dict[str, int]]] = {
    "a lookup": (
        '{ post(slug: "post-77") { title cover { filename } } }',
        {"post": 1, "asset": 1, "entry": 1},
    ),
    "the newest": (
        "{ posts(first: 20) { nodes { title cover { filename } } } }",
        {"post": 21, "asset": 20, "entry": 21},
    ),
    "the newest of a tag": (
        '{ tag(slug: "tag-7") { posts(first: 5) { nodes { title } } } }',
        {"tag": 40, "post__tags": 40, "post": 80, "entry": 80},
    ),
    "those that refer to an entry": (
        '{ assets(where: { filename: { eq: "9.png" } }) { nodes { posts(first: 5) { nodes { title } } } } }',
        {"post": 30, "entry": 30},
    ),
    "a page behind a cursor": (
        "{ posts(first: 5, offset: 10) { nodes { title } pageInfo { hasNextPage } } }",
        {"post": 40, "entry": 40},
    ),
}  # fmt: skip


@pytest.mark.parametrize("viewer", [ANONYMOUS, AUTHOR], ids=["anonymous", "author"])
@pytest.mark.parametrize(("document", "bounds"), BOUNDS.values(), ids=BOUNDS.keys())
async def test_an_index_is_found_through_a_guard(
    library: Database, document: str, bounds: dict[str, int], viewer: Viewer
) -> None:
    """3,000 posts, 200 of each other type: the bounds say how many rows of each may be touched."""
    engine = Engine(MODEL, library.drafts, policies=RESTRICTING)
    plan, values = engine.plan(document, viewer=viewer)
    read = await rows_touched(library, plan.sql, plan.arguments(values))
    assert {table: count for table, count in read.items() if count > bounds.get(table, 200)} == {}


@pytest.mark.parametrize("viewer", [ANONYMOUS, AUTHOR, Viewer(UUID(int=1), frozenset({"owner"}))])
async def test_what_nothing_restricts_is_the_statement_that_it_was(viewer: Viewer) -> None:
    """By default everybody sees what is live: no byte of the SQL is another, and the plan is shared."""
    document = "{ posts { totalCount nodes { tags { posts { nodes { cover { url } } } } } } }"
    plain = Engine(MODEL, None)  # type: ignore[arg-type]  # nothing is read
    guarded = Engine(MODEL, None, policies=compile_policies(MODEL))  # type: ignore[arg-type]  # likewise
    assert guarded.plan(document, viewer=viewer)[0].sql == plain.plan(document)[0].sql
    guarded.plan(document)
    assert len(guarded.plans) == 1
