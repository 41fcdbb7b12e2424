"""A leak hunt that finds nothing proves nothing: guards with one hole each are found out."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.store.access.hunt import Archive, archive, possess, seen, together
from tests.store.access.hunt.generated_policies import ADA, BOB
from tests.store.access.test_leaks import Nobody
from tests.store.query.oracle import OneTransaction, Oracle, World, fill, find_everything, read_rows
from tests.store.query.oracle.world import make_world
from tests.store.query.test_oracle import UNBOUNDED, ranks_of

import masthead as mh
from masthead.access import ALWAYS, Policies, Predicate, Viewer, compile_policies, shown_model
from masthead.graphql import EditingEngine, Engine
from masthead.model import Asset, Author, ContentType, Field, Post, Tag, default_model
from masthead.query import Guard, Sketch
from masthead.query.guard import guard as guard_module
from masthead.query.guard.guard import Veil
from masthead.store import SEARCH, STAGES, Database, Stage

MODEL = default_model()
VIEWER = Viewer(ADA, frozenset({"author"}), frozenset({"press"}))
POLICIES = compile_policies(
    MODEL,
    [
        mh.policies(
            Post,
            mh.allow("read", to=mh.anyone, when=mh.is_live & ~mh.this.tags.some(mh.this.slug == "s0")),
            mh.allow("read", to="author", when=mh.is_own),
            mh.hide("description", "date", "slug"),
        ),
        mh.policies(Tag, mh.allow("read", to=mh.anyone, when=mh.this.slug != "s0")),
        mh.policies(Asset, mh.allow("read", to="author", when=mh.this.size < 3), mh.hide("alt")),
        mh.policies(
            Author,
            mh.allow("read", to=mh.group("press"), when=mh.this.slug.is_in(["s1", "s2"])),
            mh.hide("bio"),
        ),
    ],
)

OPERATIONS = {
    "count": "{ posts { totalCount } }",
    "page": "{ posts(last: 3) { edges { cursor node { title description path } } } }",
    "filter": '{ posts(where: { description: { contains: "" } }) { nodes { id } } }',
    "filter of a list": "{ posts(where: { authors: { some: {} } }) { totalCount } }",
    "filter through a reference": "{ posts(where: { cover: { size: { gte: 0 } } }) { nodes { id } } }",
    "filter backwards": "{ tags(where: { posts: { some: {} } }) { nodes { id } } assets { totalCount } }",
    "order": "{ posts(orderBy: [{ description: DESC }]) { nodes { id } } }",
    "order through a reference": "{ posts(orderBy: [{ cover: { alt: ASC } }]) { nodes { id } } }",
    "nested": "{ tags { nodes { posts { nodes { id } } } } authors { nodes { posts { totalCount } } } }",
    "list": "{ posts { nodes { tags { id } authors { id bio { text } } cover { id } } } }",
    "aggregate": "{ posts { aggregate { max { date } } } assets { aggregate { sum { size } } } }",
    "groups": "{ posts { groups(by: [{ cover: VALUE }]) { key { cover } count } } }",
    "search": '{ posts(search: "null") { totalCount } search(query: "null") { totalCount } }',
}  # fmt: skip


class Holed(Guard):
    """A guard with one hole."""

    hole = ""

    def rows(self, sketch: Sketch, content_type: ContentType, source: str) -> str:
        """As it should, but for the hole."""
        if self.hole == "rows of one type" and content_type.name == "Author":
            return source
        return super().rows(sketch, content_type, source)

    def links(self, sketch: Sketch, content_type: ContentType, field: Field, source: str) -> str:
        """As it should, but for the hole."""
        if self.hole == "link tables":
            return source
        written = super().links(sketch, content_type, field, source)
        if self.hole == "the copied sort key":
            return re.sub(r'CASE WHEN false THEN (g\$\d+."sort") END', r"\1", written)
        return written

    def _exists(self, sketch: Sketch, content_type: ContentType, id_: str, *predicates: Predicate) -> str:
        is_open = {"the owners of links": '."owner"', "the targets of links": '."target"'}
        if id_.endswith(is_open.get(self.hole, "nothing")):
            return "true"
        return super()._exists(sketch, content_type, id_, *predicates)


def unguarded(prefix: str) -> Callable[[str], str]:
    """A hole in the statement: subqueries of guards behind `prefix` become the bare tables."""

    def mutate(sql: str) -> str:
        start = 0
        while (at := sql.find(f"{prefix}(SELECT g$", start)) >= 0:
            begin = at + len(prefix)
            depth, end, outer = 0, begin, ""
            for end in range(begin, len(sql)):
                depth += {"(": 1, ")": -1}.get(sql[end], 0)
                outer += sql[end] if depth == 1 else ""
                if depth == 0:
                    break
            fragment = sql[begin:end]
            table = re.search(r'FROM (\w+\."\w+") g\$', outer)
            assert table
            # PostgreSQL refuses a parameter that its statement does not mention.
            mentioned = [f"{each} IS NULL" for each in re.findall(r"\$\d+::\w+", fragment)]
            bare = f"(SELECT * FROM {table[1]} WHERE {' OR '.join([*mentioned, 'true'])})"
            sql = sql[:begin] + bare + sql[end + 1 :]
            start = begin
        return sql

    return mutate


def without(**changed: Any) -> Callable[[Veil], Veil]:
    """A hole in what is known of a type."""
    return lambda veil: replace(veil, **changed)


def shows(*columns: str) -> Callable[[Veil], Veil]:
    """The columns are shown with every entry."""
    return lambda veil: replace(
        veil, columns={name: each for name, each in veil.columns.items() if name not in columns}
    )


IN_GUARD = (
    "rows of one type",
    "link tables",
    "the owners of links",
    "the targets of links",
    "the copied sort key",
)
IN_VEIL: Mapping[str, Callable[[Veil], Veil]] = {
    "all rows": without(rows=ALWAYS),
    "hidden fields": without(columns={}),
    "a hidden field's words": shows(SEARCH),
    "an address that tells a slug": shows("path"),
    "one hidden column": shows("description"),
    "references": without(targets={}),
}
IN_STATEMENT: Mapping[str, Callable[[str], str]] = {
    "orders through references": unguarded("LEFT JOIN "),
    "counts": unguarded('SELECT count(*) AS "m0" FROM '),
    "aggregates": unguarded('AS "m0" FROM '),
    "nested entries": unguarded("JOIN "),
    "filters": lambda sql: re.sub(r'(r\$\d+)\."description"', r"\1.title", sql),
    "whose entries are": lambda sql: re.sub(
        r'(e\$\d+\."owner") = (\$\d+::uuid)', r"(\1 = \2 OR \1 IS NOT NULL)", sql
    ),
    "what state entries are in": lambda sql: re.sub(r'e\$\d+\."head" = e\$\d+\."published"', "true", sql),
}


@pytest.mark.parametrize("hole", [None, *IN_GUARD, *IN_VEIL, *IN_STATEMENT])
async def test_a_hole_is_found_out(
    database: Database, monkeypatch: pytest.MonkeyPatch, hole: str | None
) -> None:
    """The same comparison that passes for the guard fails for each hole, in one operation at least."""
    if hole in IN_VEIL:
        sound = guard_module._veil
        monkeypatch.setattr(guard_module, "_veil", lambda *args: IN_VEIL[hole](sound(*args)))
    different = [name for stage in STAGES for name in await compare(database, stage, hole or "")]
    assert bool(different) is (hole is not None), different


async def test_a_plan_of_another_viewer_is_found_out(database: Database) -> None:
    """A key that leaves the viewer out gives one the other's rows."""
    assert await compare(database, "draft", "", other=Viewer(BOB, frozenset({"owner"})))


async def compare(
    database: Database,
    stage: Stage,
    hole: str,
    other: Viewer | None = None,
    *,
    holed: type[Holed] = Holed,
    operations: Mapping[str, str] = OPERATIONS,
    policies: Policies = POLICIES,
) -> list[str]:
    """The names of the operations whose answers differ."""
    reader, chance = OneTransaction(), random.Random(7)
    parts: dict[str, Any] = {"limits": UNBOUNDED, "policies": policies}
    is_draft = stage == "draft"
    engine = (
        EditingEngine(MODEL, reader, Nobody(), **parts) if is_draft else Engine(MODEL, reader, stage, **parts)
    )
    guard = holed(MODEL, policies, policies.shape(other or VIEWER), stage)
    guard.hole = hole
    monkey: Any = engine._guards
    monkey._kept.put(policies.shape(VIEWER), guard)
    world = the_world(chance, stage)
    async with fill(database, world) as transaction:
        reader.transaction = transaction
        possessions = await possess(transaction, world, chance)
        gone = await archive(transaction, world, chance) if is_draft else Archive()
        entries, links = await read_rows(transaction, world)
        ranks = await ranks_of(transaction, together(entries, gone.rows))
        hits = await find_everything(transaction, MODEL, entries)
        left = seen(MODEL, stage, (entries, links, hits, gone), possessions, policies, VIEWER)
        shown = shown_model(MODEL, policies, stage)
        oracle = Oracle(shown, stage, left.entries, left.links, ranks, left.hits, left.archived)
        different = []
        for name, document in operations.items():
            plan, values = engine.plan(document, viewer=VIEWER)
            sql = IN_STATEMENT.get(hole, str)(plan.sql)
            body = b'{"data":%b}' % plan.answer(await reader.fetch_rows(sql, plan.arguments(values)))
            if body != oracle.answer(document):
                different.append(name)
        return different


def the_world(chance: random.Random, stage: Stage) -> World:
    """Enough of everything that each hole shows something."""
    world = make_world(MODEL, stage, {each.name: 1 if each.is_singleton else 12 for each in MODEL}, chance)
    for number, row in enumerate(world.entries["Asset"]):
        row["size"] = number % 6
    for number, row in enumerate(world.entries["Tag"]):
        row["slug"] = f"s{number}"
    for number, row in enumerate(world.entries["Post"]):
        row |= {"description": f"null {number}", "title": f"T{number}", "path": f"/posts/p{number}"}
    covers = [row["id"] for row in world.entries["Asset"]]
    for row in world.entries["Post"][::2]:
        row["cover"] = chance.choice(covers)
    return world
