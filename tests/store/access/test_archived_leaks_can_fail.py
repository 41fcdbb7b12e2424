"""Guards of what is archived with one hole each are found out by the comparison of the leak hunt."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.store.access.test_leaks_can_fail import MODEL, Holed, compare, without

import masthead as mh
from masthead.access import ALWAYS, Predicate, compile_policies
from masthead.model import Asset, Author, ContentType, Field, Post, Tag
from masthead.query import Sketch
from masthead.query.guard import guard as guard_module
from masthead.query.guard.guard import Veil
from masthead.store import Database

POLICIES = compile_policies(
    MODEL,
    [
        mh.policies(Post, mh.allow("read", to="author", when=mh.is_archived), mh.hide("description", "tags")),
        mh.policies(Tag, mh.allow("read", to=mh.anyone, when=mh.this.slug != "s0")),
        mh.policies(Asset, mh.allow("read", to="author", when=mh.this.size < 3)),
        mh.policies(
            Author,
            mh.allow("read", to="author", when=mh.is_own | mh.this.slug.is_in(["s1", "s2"])),
            mh.hide("bio"),
        ),
    ],
)
OPERATIONS = {
    "count": "{ posts(archived: true) { totalCount } authors(archived: true) { totalCount } }",
    "page": "{ posts(archived: true, last: 3) { edges { cursor node { title description } } } }",
    "filter": '{ posts(archived: true, where: { description: { contains: "" } }) { totalCount } }',
    "filter by a list": "{ posts(archived: true, where: { tags: { some: {} } }) { nodes { id } } }",
    "lists": "{ posts(archived: true) { nodes { id tags { id } authors { id } } } }",
    "groups": "{ posts(archived: true) { groups(by: [{ cover: VALUE }]) { key { cover } count } } }",
    "without lists": "{ tags(archived: true) { nodes { id } } assets(archived: true) { totalCount } }",
}


class HoledArchive(Holed):
    """A guard with one hole in what it does for archived entries."""

    is_in_archive = False

    def archived(self, sketch: Sketch, content_type: ContentType, source: str) -> str:
        """As it should, but for the hole."""
        if self.hole == "rows of one type" and content_type.name == "Tag":
            return source
        self.is_in_archive = True
        written = super().archived(sketch, content_type, source)
        self.is_in_archive = False
        return written

    def archived_links(self, sketch: Sketch, content_type: ContentType, field: Field, source: str) -> str:
        """As it should, but for the hole."""
        if self.hole == "links":
            return source
        return super().archived_links(sketch, content_type, field, source)

    def _exists(self, sketch: Sketch, content_type: ContentType, id_: str, *predicates: Predicate) -> str:
        if self.is_in_archive and self.hole == "references":
            return "true"
        return super()._exists(sketch, content_type, id_, *predicates)


def asking_for_fields(content_type: ContentType, *args: Any) -> Veil:
    """As if fields were known: rules that ask for them hold for what is archived too."""
    with pytest.MonkeyPatch.context() as patched:
        if content_type.name in ("Tag", "Asset"):
            patched.setattr(guard_module, "without_fields", lambda rule: rule)
        return SOUND(content_type, *args)


SOUND = guard_module._archived_veil
IN_GUARD = ("rows of one type", "links", "references")
IN_VEIL: Mapping[str, Callable[..., Veil]] = {
    "all rows": lambda *args: without(rows=ALWAYS)(SOUND(*args)),
    "hidden fields": lambda *args: without(columns={})(SOUND(*args)),
    "rules that ask for fields": asking_for_fields,
}


@pytest.mark.parametrize("hole", [None, *IN_GUARD, *IN_VEIL])
async def test_a_hole_is_found_out(
    database: Database, monkeypatch: pytest.MonkeyPatch, hole: str | None
) -> None:
    """In one operation at least, and in none where there is no hole."""
    monkeypatch.setattr(guard_module, "_archived_veil", IN_VEIL.get(hole or "", SOUND))
    different = await compare(
        database, "draft", hole or "", holed=HoledArchive, operations=OPERATIONS, policies=POLICIES
    )
    assert bool(different) is (hole is not None), different
