"""Turning pages while others write: whatever was there all along is seen once, and exactly once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
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
    "nulls at the other end": [{"updated": "ASC_NULLS_FIRST"}, {"description": "DESC_NULLS_LAST"}],
    "nulls at both ends": [{"description": "ASC_NULLS_FIRST"}, {"updated": "ASC_NULLS_LAST"}],
    "behind a reference": [{"cover": {"width": "ASC"}}, {"updated": "DESC_NULLS_LAST"}],
    "behind a reference, nulls first": [{"cover": {"width": "ASC_NULLS_FIRST"}}, {"cover": {"id": "DESC"}}],
}
PLANNER = Engine(default_model(), OneTransaction())
FORWARDS = """query ($size: Int, $cursor: String, $by: [PostOrder!]) {
    posts(first: $size, after: $cursor, orderBy: $by) { ...Page }
    tag(slug: "t") { posts(first: $size, after: $cursor, orderBy: $by) { ...Page } }
}
fragment Page on PostConnection { nodes { id } pageInfo { has: hasNextPage cursor: endCursor } }"""
BACKWARDS = """query ($size: Int, $cursor: String, $by: [PostOrder!]) {
    posts(last: $size, before: $cursor, orderBy: $by) { ...Page }
    tag(slug: "t") { posts(last: $size, before: $cursor, orderBy: $by) { ...Page } }
}
fragment Page on PostConnection { nodes { id } pageInfo { has: hasPreviousPage cursor: startCursor } }"""


COVERS = [UUID(int=2**126 + number) for number in range(3)]
"""Two images of one width, and a file without any."""


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
        "cover": [None, *COVERS][kind % 4],
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
    common = {name: a_post(999, 0)[name] for name in ("created_at", "updated_at", "published_at")}
    file = common | {"filename": "f", "media_type": "image/png", "size": 1, "digest": "0" * 64}
    covers = [
        file | {"id": cover, "path": f"/assets/{cover}", "width": width}
        for cover, width in zip(COVERS, (1, 1, None), strict=True)
    ]
    tag = common | {"path": "/tags/t", "id": UUID(int=2**127), "name": "T", "slug": "t"}
    world = World(default_model(), stage)
    world.entries = {"Tag": [tag], "Asset": covers, "Post": posts}
    world.links = {("Post", "tags"): [(post["id"], 0, UUID(int=2**127), post["date"]) for post in posts]}
    return world


kinds = st.lists(st.integers(0, 35), max_size=12)
changes = st.lists(st.tuples(st.sampled_from(["insert", "delete"]), st.integers(0, 8)), max_size=6)


@pytest.mark.parametrize("through", ["posts", "tag"])
@pytest.mark.parametrize("document", [FORWARDS, BACKWARDS], ids=["forwards", "backwards"])
@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=8)
@given(kinds=kinds, size=st.integers(1, 4), changes=changes)
async def test_walking(
    database: Database,
    order: str,
    document: str,
    through: str,
    kinds: list[int],
    size: int,
    changes: list[tuple[str, int]],
) -> None:
    """In every order, of all posts and of a tag's, while posts come and go between the pages."""
    posts = [a_post(index * 100 + 50, kind) for index, kind in enumerate(kinds)]
    async with fill(database, a_world(posts, "live")) as transaction:
        walked = await walk(transaction, Route(document, through, ORDERS[order], size), posts, changes)
    assert walked.mistakes() == []


@dataclass(frozen=True, slots=True)
class Route:
    """What is walked, how, and in pages of what size. `spoil` is given each statement, and how many rows were
    seen before it: with it a test puts a wrong plan in."""

    document: str
    through: str
    order: Any
    size: int
    spoil: Callable[[str, int], str] = lambda sql, seen: sql


@dataclass(frozen=True, slots=True)
class Walked:
    """Ids: those that the pages showed, those that were there all along or came, those there at the end."""

    seen: list[UUID]
    alive: set[UUID]
    still: list[UUID]

    def mistakes(self) -> list[str]:
        """What a reader who turns the pages would complain of."""
        found = {
            "twice": len(self.seen) != len(set(self.seen)),
            "missed": not self.alive <= set(self.seen),
            "out of order": self._kept(self.seen) != self._kept(self.still),
        }
        return [name for name, is_so in found.items() if is_so]

    def _kept(self, ids: list[UUID]) -> list[UUID]:
        return [each for each in ids if each in self.alive]


async def walk(
    transaction: Transaction, route: Route, posts: list[dict[str, Any]], changes: list[tuple[str, int]]
) -> Walked:
    """Turn the pages to the end; after each page another writer makes one of the changes, the last first."""
    seen: list[UUID] = []
    alive = {post["id"] for post in posts}
    cursor, has_more, pending = None, True, list(changes)
    while has_more and len(seen) < 100:
        page = await fetch_page(transaction, route, cursor, len(seen))
        nodes = [UUID(node["id"]) for node in page["nodes"]]
        seen = [*seen, *nodes] if route.document == FORWARDS else [*nodes, *seen]
        cursor, has_more = page["pageInfo"]["cursor"], page["pageInfo"]["has"]
        if pending:
            await change(transaction, *pending.pop(), alive)
    return Walked(seen, alive, await everything(transaction, route))


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
        new.entries |= {"Tag": [], "Asset": []}
        if not await transaction.fetch_value("SELECT 1 FROM masthead.entry WHERE id = $1", UUID(int=number)):
            await insert(transaction, new)


async def everything(transaction: Transaction, route: Route) -> list[UUID]:
    """All that is there now, in its order, on one page."""
    page = await fetch_page(transaction, Route(FORWARDS, route.through, route.order, 100), None, 0)
    return [UUID(node["id"]) for node in page["nodes"]]


async def fetch_page(transaction: Transaction, route: Route, cursor: str | None, seen: int) -> dict[str, Any]:
    """One page of all posts or of the tag's."""
    plan, values = PLANNER.plan(route.document, {"size": route.size, "cursor": cursor, "by": route.order})
    reader = OneTransaction()
    reader.transaction = transaction
    rows = await reader.fetch_rows(route.spoil(plan.sql, seen), plan.arguments(values))
    answer = json.loads(plan.answer(rows))
    page: dict[str, Any] = answer["tag"]["posts"] if route.through == "tag" else answer["posts"]
    return page
