"""Lists of what is archived: as drafts were, and no more than rules that ask for no field let through."""

import json
from typing import Any

import pytest
from tests.store.content.previews.whole import gadget, person
from tests.store.editing.newsroom import Newsroom
from tests.store.query.oracle import KITCHEN_SINK

import masthead as mh
from masthead.access import Policies, compile_policies
from masthead.content.commands import Archive, Changed, Commands, Create
from masthead.graphql import EditingEngine
from masthead.kernel import InputError
from masthead.model import Post, default_model
from masthead.rest import Rest
from masthead.store import Database

ARCHIVE = "mutation ($entries: [EntryAt!]!) { archive(entries: $entries) { entries { state } } }"
LIST = """
query ($archived: Boolean, $where: PostFilter) {
  posts(archived: $archived, where: $where, orderBy: [{ title: ASC }]) {
    totalCount nodes { id title tags { name } authors { name } body { source } entry { state } }
    aggregate { count }
  }
}
"""


@pytest.fixture
def room(database: Database) -> Newsroom:
    """A newsroom of the default publication."""
    return Newsroom.of(database)


async def titles(room: Newsroom, archived: bool | None, **more: Any) -> list[str]:
    """Those of the posts of a list."""
    found = await room.data(LIST, archived=archived, **more)
    return [each["title"] for each in found["posts"]["nodes"]]


async def test_what_is_archived_is_listed_where_it_is_asked_for(room: Newsroom) -> None:
    """Without the argument, with null and with false it is not there; the plan of one is not the other's."""
    tag = await room.create("Tag", name="News")
    gone = await room.post("Gone", tags=[tag["id"]])
    await room.post("Here", tags=[tag["id"]])
    await room.data(ARCHIVE, entries=[gone["at"]])
    assert await titles(room, False) == ["Here"]
    assert await titles(room, None) == ["Here"]
    assert (await room.data("{ posts { nodes { title } } }"))["posts"]["nodes"] == [{"title": "Here"}]
    assert (await room.data(LIST, archived=True))["posts"] == {
        "totalCount": 1,
        "nodes": [
            {
                "id": gone["id"],
                "title": "Gone",
                "tags": [{"name": "News"}],
                "authors": [],
                "body": None,
                "entry": {"state": "ARCHIVED"},
            }
        ],
        "aggregate": {"count": 1},
    }


async def test_filters_orders_and_pages_are_those_of_any_list(room: Newsroom) -> None:
    """Conditions on fields and on lists of references, both ways, and cursors."""
    news, old = await room.create("Tag", name="News"), await room.create("Tag", name="Old")
    posts = [
        await room.post(title, tags=[tag["id"]]) for title, tag in zip("abc", (news, old, news), strict=True)
    ]
    await room.data(ARCHIVE, entries=[each["at"] for each in posts])
    of_news = {"tags": {"some": {"name": {"eq": "News"}}}}
    assert await titles(room, True, where=of_news) == ["a", "c"]
    assert await titles(room, True, where={"tags": {"none": {"name": {"eq": "News"}}}}) == ["b"]
    assert await titles(room, True, where={"title": {"eq": "b"}}) == ["b"]
    document = """
    query ($after: String) { posts(archived: true, first: 2, after: $after, orderBy: [{ title: ASC }])
      { nodes { title } pageInfo { endCursor hasNextPage } } }
    """
    first = (await room.data(document))["posts"]
    second = (await room.data(document, after=first["pageInfo"]["endCursor"]))["posts"]
    assert [each["title"] for each in (*first["nodes"], *second["nodes"])] == ["a", "b", "c"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    error = await room.error('{ posts(archived: true, search: "a") { totalCount } }')
    assert error["extensions"]["code"] == "SEARCH_UNKNOWN"


async def test_every_kind_of_field_is_shown_as_the_draft_had_it(kitchen_sink: Database) -> None:
    """But for what is rendered: Markdown and blocks."""
    room = Newsroom.of(kitchen_sink, KITCHEN_SINK)
    commands = Commands(kitchen_sink, KITCHEN_SINK)

    async def create(name: str, fields: dict[str, Any]) -> Changed:
        return (await commands.run(Create(name, fields), room.editor)).entries[0]

    owner = (await create("Person", person("Ada"))).entry
    first = await create("Gadget", gadget("First", 1, owner))
    fields = gadget("Second", 2, owner, parts=[str(first.entry)], makers=[str(owner)])
    made = await create("Gadget", {**fields, "notes": "Some.\n"})
    rest = Rest(KITCHEN_SINK, kitchen_sink.drafts, "draft", has_record=True)
    query = b"sort=id&include=parts,makers,owner&filter[label]=Second"
    before = json.loads((await rest.get("/api/gadgets", query)).body)["data"][0]
    await commands.run(Archive(made.entry, made.head), room.editor)
    (after,) = json.loads((await rest.get("/api/gadgets", query + b"&archived=true")).body)["data"]
    rendered = {"body", "notes", "sections", "path"}
    assert {name: after[name] for name in after.keys() - rendered - {"entry"}} == {
        name: before[name] for name in before.keys() - rendered - {"entry"}
    }
    assert (before["entry"]["state"], after["entry"]["state"]) == ("draft", "archived")
    assert [after[name] for name in ("notes", "sections", "path")] == [None, [], None]


RULES = {
    "own": (mh.allow("read", to="author", when=mh.is_own),),
    "by a field": (mh.allow("read", to="author", when=mh.this.title == "Hers"),),
    "not archived": (mh.allow("read", to="author", when=~mh.is_archived),),
    "archived": (mh.allow("read", to="author", when=mh.is_archived),),
    "all but a field": (mh.allow("read", to="author"), mh.hide("title", "tags", but="legal")),
}
SEEN = {
    "own": ["Hers"],
    "by a field": [],
    "not archived": [],
    "archived": ["Hers", "Other"],
    "all but a field": [None, None],
}


@pytest.mark.parametrize("name", RULES)
async def test_a_viewer_sees_no_more_of_the_archive_than_rules_say(room: Newsroom, name: str) -> None:
    """Rules that ask for fields do not hold for what is archived; a hidden field is null, and its list
    empty, also for counts, conditions and orders."""
    tag = await room.create("Tag", room.author, name="News")
    whole = {"tags": [tag["id"]]}
    posts = [await room.post("Hers", room.author, **whole), await room.post("Other", **whole)]
    await room.data(ARCHIVE, room.owner, entries=[each["at"] for each in posts])
    model = default_model()
    policies = compile_policies(model, [mh.policies(Post, *RULES[name])])
    engine = EditingEngine(model, room.database.drafts, room.engine._commands, policies=policies)
    guarded = Newsroom(room.database, engine, room.author, room.author, room.owner)
    found = (await guarded.data(LIST, archived=True))["posts"]
    assert [each["title"] for each in found["nodes"]] == SEEN[name]
    assert found["totalCount"] == found["aggregate"]["count"] == len(SEEN[name])
    is_hidden = name == "all but a field"
    assert [each["tags"] for each in found["nodes"]] == [[] if is_hidden else [{"name": "News"}]] * len(
        SEEN[name]
    )
    other = {"or": [{"title": {"eq": "Other"}}, {"tags": {"some": {"name": {"eq": "News"}}}}]}
    asked = (await guarded.data(LIST, archived=True, where=other))["posts"]
    assert asked["totalCount"] == (0 if is_hidden else len(SEEN[name]))


async def test_rest_lists_what_is_archived_among_drafts_only(database: Database) -> None:
    """The public API knows no such parameter, but takes its default, as explorers send it; a value that is no
    flag is refused."""
    model = default_model()
    public = Rest(model, database.drafts, policies=Policies(model))
    with pytest.raises(InputError, match="no parameter `archived`"):
        await public.get("/api/posts", b"archived=true")
    assert json.loads((await public.get("/api/posts", b"archived=false")).body)["data"] == []
    drafts = Rest(model, database.drafts, "draft", has_record=True)
    with pytest.raises(InputError, match="`archived` is 'yes'"):
        await drafts.get("/api/posts", b"archived=yes")
    assert json.loads((await drafts.get("/api/posts", b"archived=true")).body)["data"] == []
