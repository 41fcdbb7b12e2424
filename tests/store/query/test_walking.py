"""Turning pages while others write: whatever was there all along is seen once, and exactly once."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import OneTransaction, World, fill
from tests.store.query.oracle.store import insert
from tests.store.query.oracle.world import EPOCH

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database, Stage, Transaction

ORDERS = {
    "the type's own": None,
    "nulls last": [{"updated": "ASC"}],
    "nulls first": [{"updated": "DESC"}],
    "both directions": [{"updated": "ASC"}, {"description": "DESC"}, {"date": "ASC"}],
    "two with nulls": [{"description": "ASC"}, {"updated": "ASC"}],
    "two with nulls, backwards": [{"description": "DESC"}, {"updated": "DESC"}],
    "unique": [{"id": "DESC"}],
}
PLANNER = Engine(default_model(), OneTransaction())
WALK = """query ($first: Int, $after: String, $by: [PostOrder!]) {
    posts(first: $first, after: $after, orderBy: $by) { nodes { id } pageInfo { hasNextPage endCursor } }
    tag(slug: "t") {
        posts(first: $first, after: $after, orderBy: $by) { nodes { id } pageInfo { hasNextPage endCursor } }
    }
}"""


def a_post(number: int, kind: int) -> dict[str, Any]:
    """A post; `kind` decides what it sorts by: many share a value, many have none."""
    return {
        "id": UUID(int=number),
        "path": f"/posts/p{number}",
        "created_at": EPOCH,
        "updated_at": EPOCH,
        "published_at": EPOCH,
        "title": "t",
        "slug": f"p{number}",
        "description": [None, "a", "b"][kind % 3],
        "date": EPOCH + timedelta(days=kind % 2),
        "updated": [None, EPOCH, EPOCH + timedelta(microseconds=1)][kind // 3 % 3],
        "keywords": [],
        "body": "",
        "body_html": "",
        "body_text": "",
        "body_excerpt": "",
        "body_toc": "[]",
        "body_minutes": 1,
    }


def a_world(posts: list[dict[str, Any]], stage: Stage) -> World:
    """These posts, all of one tag."""
    tag = {name: a_post(999, 0)[name] for name in ("path", "created_at", "updated_at", "published_at")}
    world = World(default_model(), stage)
    world.entries = {"Tag": [tag | {"id": UUID(int=2**127), "name": "T", "slug": "t"}], "Post": posts}
    world.links = {("Post", "tags"): [(post["id"], 0, UUID(int=2**127), post["date"]) for post in posts]}
    return world


kinds = st.lists(st.integers(0, 8), max_size=12)
changes = st.lists(st.tuples(st.sampled_from(["insert", "delete"]), st.integers(0, 8)), max_size=6)


@pytest.mark.parametrize("through", ["posts", "tag"])
@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=12)
@given(kinds=kinds, size=st.integers(1, 4), changes=changes)
async def test_walking_forwards(
    database: Database, order: str, through: str, kinds: list[int], size: int, changes: list[tuple[str, int]]
) -> None:
    """In every order, of all posts and of a tag's, while posts come and go between the pages."""
    posts = [a_post(index * 100 + 50, kind) for index, kind in enumerate(kinds)]
    async with fill(database, a_world(posts, "live")) as transaction:
        seen, after, alive = [], None, {post["id"] for post in posts}
        pending = list(changes)
        while True:
            page = await fetch_page(transaction, through, size, after, ORDERS[order])
            seen += [UUID(node["id"]) for node in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
            if pending:
                await change(transaction, *pending.pop(), alive)
    assert len(seen) == len(set(seen))
    assert alive <= set(seen)


async def change(transaction: Transaction, what: str, kind: int, alive: set[UUID]) -> None:
    """Another writer: a new post, or one of the old ones is gone."""
    if what == "delete" and alive:
        gone = sorted(alive)[kind % len(alive)]
        alive.remove(gone)
        await transaction.execute("DELETE FROM live.post__tags WHERE owner = $1", gone)
        await transaction.execute("DELETE FROM live.post WHERE id = $1", gone)
    elif what == "insert":
        number = 7 + kind * 100 + int(await transaction.fetch_value("SELECT count(*) FROM live.post"))
        new = a_world([a_post(number, kind)], "live")
        new.entries["Tag"] = []
        if not await transaction.fetch_value("SELECT 1 FROM masthead.entry WHERE id = $1", UUID(int=number)):
            await insert(transaction, new)


async def fetch_page(
    transaction: Transaction, through: str, first: int, after: str | None, by: Any
) -> dict[str, Any]:
    """One page of all posts or of the tag's."""
    plan, values = PLANNER.plan(WALK, {"first": first, "after": after, "by": by})
    reader = OneTransaction()
    reader.transaction = transaction
    answer = json.loads(plan.answer(await reader.fetch_rows(plan.sql, plan.arguments(values))))
    page: dict[str, Any] = answer["tag"]["posts"] if through == "tag" else answer["posts"]
    return page
