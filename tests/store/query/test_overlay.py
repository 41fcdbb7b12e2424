"""What is shown in the place of rows costs as much as rows: indexes are walked, and no draft can be read."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.query import Overlay, link_key
from masthead.store import Database

MODEL = default_model()
LINKS = ("authors", "tags")


async def overlay_of(database: Database, slug: str) -> Overlay:
    """A post, shown with another title and without authors and tags."""
    rows = await database.public.fetch(
        "SELECT to_jsonb(p)::text AS row FROM live.post AS p WHERE slug = $1", slug
    )
    row = json.loads(rows[0]["row"])
    links = {link_key("Post", name): "[]" for name in LINKS}
    return Overlay({"Post": json.dumps([{**row, "title": "Shown"}])}, links, [row["id"]])


async def plan_of(database: Database, document: str, overlay: Overlay) -> str:
    """PostgreSQL's plan."""
    seen: list[tuple[str, Sequence[Any]]] = []

    class Noting:
        async def fetch_rows(self, sql: str, arguments: Any = ()) -> Sequence[Sequence[bytes | None]]:
            seen.append((sql, arguments))
            return await database.public.fetch_rows(sql, arguments)

    answer = await Engine(MODEL, Noting()).execute(document, overlay=overlay)
    assert b"errors" not in answer.body, answer.body
    ((sql, arguments),) = seen
    rows = await database.public.fetch(f"EXPLAIN (COSTS OFF) {sql}", *arguments)
    return "\n".join(row["QUERY PLAN"] for row in rows)


@pytest.mark.parametrize(
    "document",
    [
        "{ posts(first: 20) { nodes { title date tags { name } } } }",
        '{ post(slug: "post-7") { title } }',
        "{ tags(first: 1) { nodes { name } } posts(first: 3) { edges { cursor } pageInfo { hasNextPage } } }",
    ],
)
async def test_an_index_is_walked_beneath_an_overlay(library: Database, document: str) -> None:
    """No table is read whole for a page of it."""
    (found,) = await library.public.fetch("SELECT slug FROM live.post ORDER BY date DESC LIMIT 1")
    plan = await plan_of(library, document, await overlay_of(library, found["slug"]))
    assert "Scan using post_" in plan or "Backward using post_" in plan, plan
    assert "Seq Scan on post" not in plan, plan


async def test_an_overlay_takes_the_place_of_its_rows(library: Database) -> None:
    """Once, where the row would be; its links are its own."""
    (found,) = await library.public.fetch("SELECT slug FROM live.post ORDER BY date DESC OFFSET 2 LIMIT 1")
    overlay = await overlay_of(library, found["slug"])
    engine = Engine(MODEL, library.public)
    document = "{ posts(first: 4) { totalCount nodes { slug title tags { name } authors { name } } } }"
    plain = json.loads((await engine.execute(document)).body)["data"]["posts"]
    shown = json.loads((await engine.execute(document, overlay=overlay)).body)["data"]["posts"]
    assert shown["totalCount"] == plain["totalCount"]
    expected = {"slug": found["slug"], "title": "Shown", "tags": [], "authors": []}
    assert shown["nodes"] == [*plain["nodes"][:2], expected, plain["nodes"][3]]


async def test_plans_are_shared_by_previews_of_the_same_types(library: Database) -> None:
    """Whatever they show; and not with the public."""
    engine, document = Engine(MODEL, library.public), "{ posts(first: 1) { nodes { title } } }"
    rows = await library.public.fetch("SELECT slug FROM live.post ORDER BY date DESC LIMIT 2")
    for row in rows:
        await engine.execute(document, overlay=await overlay_of(library, row["slug"]))
    await engine.execute(document)
    assert len(engine.plans) == 2
