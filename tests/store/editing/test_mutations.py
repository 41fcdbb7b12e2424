"""What a mutation does and answers, over the real executor of commands."""

import pytest
from tests.store.content.folders import differences
from tests.store.editing.newsroom import STANDING, Newsroom

from masthead.store import Database

SAVE = f"""
mutation ($id: ID!, $base: ID!, $input: PostInput!) {{
  savePost(id: $id, base: $base, input: $input, note: "as agreed") {{
    entry {{ title description }} {STANDING}
  }}
}}
"""
PUBLISH = """
mutation ($entries: [EntryAt!]!, $along: Boolean, $alongIds: [ID!]) {
  publish(entries: $entries, along: $along, alongIds: $alongIds) { entries { id type state published } }
}
"""


@pytest.fixture
def room(database: Database) -> Newsroom:
    """A newsroom of the default publication."""
    return Newsroom.of(database)


async def test_a_new_entry_is_answered_as_a_draft(room: Newsroom) -> None:
    """With everything that a draft shows, what the command said of it, and its registry row."""
    data = await room.data(
        """
        mutation ($input: PostInput!) {
          first: createPost(input: $input, note: "begun") {
            __typename
            entry {
              title slug description body { source text } authors { name }
              entry { state owner { id } head { number note source author { id } isMerged } public { id } }
            }
            revision number state isMerged isRepeated detail published
            entries { __typename id type state entry { __typename ... on Post { title } } }
          }
        }
        """,
        input={"title": "Hello", "body": "Some *text*."},
    )
    made = data["first"]
    ids = made.pop("revision"), made["entries"][0].pop("id")
    assert all(ids)
    made["entry"]["entry"].pop("owner")
    made["entry"]["entry"]["head"].pop("author")
    assert made == {
        "__typename": "PostPayload",
        "entry": {
            "title": "Hello",
            "slug": "hello",
            "description": None,
            "body": {"source": "Some *text*.", "text": "Some text."},
            "authors": [],
            "entry": {
                "state": "DRAFT",
                "head": {"number": 1, "note": "begun", "source": "api", "isMerged": False},
                "public": None,
            },
        },
        "number": 1,
        "state": "DRAFT",
        "isMerged": False,
        "isRepeated": False,
        "detail": {},
        "published": None,
        "entries": [
            {
                "__typename": "EntryChange",
                "type": "Post",
                "state": "DRAFT",
                "entry": {"__typename": "Post", "title": "Hello"},
            }
        ],
    }


async def test_null_takes_a_value_away_and_what_is_left_out_stays(room: Newsroom) -> None:
    """As a variable and as a literal."""
    post = await room.post(description="About")
    saved = await room.data(SAVE, id=post["id"], base=post["revision"], input={"title": "New"})
    assert saved["savePost"]["entry"] == {"title": "New", "description": "About"}
    saved = await room.data(
        f'mutation {{ savePost(id: "{post["id"]}", base: "{saved["savePost"]["revision"]}", '
        "input: {description: null}) { entry { title description } number } }"
    )
    assert saved["savePost"] == {"entry": {"title": "New", "description": None}, "number": 3}


async def test_saves_on_one_base_are_merged(room: Newsroom) -> None:
    """And say so; history knows both."""
    post = await room.post()
    base = {"id": post["id"], "base": post["revision"]}
    await room.data(SAVE, **base, input={"title": "New"})
    merged = (await room.data(SAVE, **base, input={"description": "Mine"}))["savePost"]
    assert merged["entry"] == {"title": "New", "description": "Mine"}
    assert (merged["number"], merged["isMerged"]) == (3, True)
    history = await room.data(
        "query ($id: ID!) { post(id: $id) { entry { revisions(first: 2) { number isMerged } } } }",
        id=post["id"],
    )
    assert history["post"]["entry"]["revisions"] == [
        {"number": 3, "isMerged": True},
        {"number": 2, "isMerged": False},
    ]


async def test_a_clash_shows_both_sides(room: Newsroom) -> None:
    """By the API's names, with the head to save on and what does not clash."""
    post = await room.post()
    base = {"id": post["id"], "base": post["revision"]}
    theirs = (await room.data(SAVE, **base, input={"title": "Theirs"}))["savePost"]
    error = await room.error(SAVE, **base, input={"title": "Yours", "description": "Mine"})
    assert (error["path"], error["extensions"]["code"]) == (["savePost"], "CONFLICT")
    conflict = error["extensions"]["conflict"]
    assert (conflict["entry"], conflict["head"]) == (post["id"], theirs["revision"])
    assert conflict["clashes"] == [
        {"path": "title", "base": "Hello", "theirs": "Theirs", "yours": "Yours", "lines": None}
    ]
    assert (conflict["merged"]["title"], conflict["merged"]["description"]) == ("Theirs", "Mine")


async def test_what_is_missing_is_named_and_can_go_along(room: Newsroom) -> None:
    """A post whose author is no more than a draft."""
    author = await room.create("Author", name="Ada")
    post = await room.post(authors=[author["id"]])
    error = await room.error(PUBLISH, entries=[post["at"]])
    extensions = error["extensions"]
    assert extensions["code"] == "REFERENCE_NOT_PUBLIC"
    assert extensions["missing"] == [author["id"]]
    assert [(each["entry"], each["path"]) for each in extensions["faults"]] == [(post["id"], "authors.0")]
    assert extensions["remedy"]
    done = await room.data(PUBLISH, entries=[post["at"]], along=True)
    assert {each["type"]: each["state"] for each in done["publish"]["entries"]} == {
        "Post": "PUBLISHED",
        "Author": "PUBLISHED",
    }
    assert await differences(room.database) == []


async def test_several_are_done_together_or_not_at_all(room: Newsroom) -> None:
    """The second is not whole: the first stays a draft too."""
    whole, half = await room.post(), await room.create("Post", title="Half")
    error = await room.error(PUBLISH, entries=[whole["at"], half["at"]])
    assert {each["command"] for each in error["extensions"]["faults"]} == {1}
    state = "query ($id: ID!) { post(id: $id) { entry { state } } }"
    assert (await room.data(state, id=whole["id"]))["post"]["entry"]["state"] == "DRAFT"


async def test_fields_are_done_in_their_order_each_by_itself(room: Newsroom) -> None:
    """A refused one is null, with its own error; the others are done and told."""
    found = await room.ask(
        """
        mutation {
          a: createTag(input: {name: "One"}) { entry { name } }
          b: createTag(input: {name: 5}) { entry { name } }
        }
        """
    )
    assert "data" not in found  # a literal of the wrong type: nothing is begun
    found = await room.ask(
        """
        mutation ($no: ID!) {
          a: createTag(input: {name: "One"}) { entry { name } }
          b: saveTag(id: $no, base: $no, input: {name: "Two"}) { entry { name } }
          c: createTag(input: {name: "Three"}) { entry { name } }
          __typename
        }
        """,
        no="00000000-0000-7000-8000-000000000000",
    )
    assert found["data"] == {
        "a": {"entry": {"name": "One"}},
        "b": None,
        "c": {"entry": {"name": "Three"}},
        "__typename": "Mutation",
    }
    assert [(each["path"], each["extensions"]["code"]) for each in found["errors"]] == [
        (["b"], "ENTRY_UNKNOWN")
    ]


async def test_the_life_of_an_entry(room: Newsroom) -> None:
    """Published, taken back, archived, brought back, copied, restored, archived again, gone."""
    post = await room.post()
    at = dict(post["at"])

    async def run(name: str) -> dict[str, object]:
        document = (
            f"mutation ($entries: [EntryAt!]!) {{ {name}(entries: $entries) "
            "{ entries { revision state entry { id } } } }"
        )
        (changed,) = (await room.data(document, entries=[at]))[name]["entries"]
        at["base"] = changed["revision"]
        return {"state": changed["state"], "is_there": changed["entry"] is not None}

    assert await run("publish") == {"state": "PUBLISHED", "is_there": True}
    assert await run("unpublish") == {"state": "DRAFT", "is_there": True}
    assert await run("archive") == {"state": "ARCHIVED", "is_there": False}
    assert await run("unarchive") == {"state": "DRAFT", "is_there": True}
    saved = (await room.data(SAVE, **at, input={"title": "Changed"}))["savePost"]
    restored = await room.data(
        "mutation ($id: ID!, $base: ID!, $old: ID!) { restore(id: $id, base: $base, revision: $old) "
        "{ detail entries { number entry { ... on Post { title } } } } }",
        id=post["id"],
        base=saved["revision"],
        old=post["revision"],
    )
    assert restored["restore"]["entries"] == [{"number": 3, "entry": {"title": "Hello"}}]
    assert restored["restore"]["detail"]["restoredNumber"] == 1
    copied = await room.data(
        "mutation ($ids: [ID!]!) { duplicate(ids: $ids) "
        "{ entries { entry { ... on Post { title slug } } } } }",
        ids=[post["id"]],
    )
    assert copied["duplicate"]["entries"] == [{"entry": {"title": "Hello", "slug": "hello-2"}}]
    record = "query ($id: ID!) { node(id: $id) { ... on Post { entry { head { id } } } } }"
    at["base"] = (await room.data(record, id=post["id"]))["node"]["entry"]["head"]["id"]
    assert await run("archive") == {"state": "ARCHIVED", "is_there": False}
    assert await run("deleteForGood") == {"state": "DELETED", "is_there": False}
    assert await differences(room.database) == []


async def test_a_key_makes_a_command_happen_once(room: Newsroom) -> None:
    """The second answer is that of the first, and says so; another command of that key is refused."""
    document = (
        'mutation ($name: String) { createTag(input: {name: $name}, idempotencyKey: "k-1") '
        "{ entry { id } isRepeated } }"
    )
    first = (await room.data(document, name="One"))["createTag"]
    second = (await room.data(document, name="One"))["createTag"]
    assert (first["entry"], second["entry"]) == (second["entry"], first["entry"])
    assert (first["isRepeated"], second["isRepeated"]) == (False, True)
    assert (await room.error(document, name="Two"))["extensions"]["code"] == "KEY_REUSED"


async def test_a_mutation_that_came_with_get_is_not_done(room: Newsroom) -> None:
    """405; and queries are answered."""
    answer = await room.engine.run(
        'mutation { createTag(input: {name: "One"}) { number } }', None, None, room.editor, is_safe=True
    )
    assert answer.status == 405
    assert (await room.ask("{ tags { totalCount } }", is_safe=True)) == {"data": {"tags": {"totalCount": 0}}}
