"""Differences of revisions and previews over GraphQL: the answers of the same rooms as REST's."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from tests.store.editing.newsroom import Newsroom

from masthead.access import Policies, Viewer
from masthead.content.history import History
from masthead.content.previews import Previews
from masthead.content.spelling import Differences, Told
from masthead.graphql import Desk, EditingEngine
from masthead.model import default_model
from masthead.query import permitted
from masthead.store import Database

DIFF = """
query ($id: ID!, $from: ID!, $to: ID!) {
  revisionDiff(id: $id, from: $from, to: $to) {
    __typename
    before { number isHead author { name } base { id } createdAt }
    after { number note base { number } wasPublished }
    changes { path kind change before after text items }
    entries
  }
  post(id: $id) { title }
}
"""
CREATE = """
mutation ($entry: ID, $revision: ID, $release: ID, $expires: DateTime) {
  createPreview(entry: $entry, revision: $revision, release: $release, expires: $expires) {
    preview { id kind entry revision release expiresAt createdBy url }
  }
}
"""
LIST = "{ previews { id kind } }"
REVOKE = "mutation ($id: ID!) { revokePreview(id: $id) { id __typename } }"


@pytest.fixture
def room(database: Database) -> Newsroom:
    """A newsroom of the default publication, with a desk."""
    room, model = Newsroom.of(database), default_model()
    policies = Policies(model)

    async def readable(viewer: Viewer, type_name: str, entries: Iterable[UUID]) -> frozenset[UUID]:
        async with database.transaction() as transaction:
            return await permitted(transaction, model, policies, viewer, "read", type_name, entries)

    differences = Differences(History(database, model), Told(model, policies), readable)
    desk = Desk(differences, Previews(database, model, policies))
    room.engine = EditingEngine(model, database.drafts, room.engine._commands, desk=desk, policies=policies)
    return room


async def test_a_difference_stands_beside_what_a_statement_answers(room: Newsroom) -> None:
    """By numbers or ids; the rest of the operation is read as ever."""
    post = await room.post("Hello", room.author)
    save = """
    mutation ($id: ID!, $base: ID!) {
      savePost(id: $id, base: $base, note: "x", input: { title: "Hallo" }) { revision }
    }
    """
    saved = (await room.data(save, room.author, **post["at"]))["savePost"]["revision"]
    found = await room.data(DIFF, room.author, id=post["id"], **{"from": "1", "to": saved})
    assert found["post"] == {"title": "Hallo"}
    diff = found["revisionDiff"]
    assert diff["before"].pop("createdAt").endswith("Z")
    assert diff["before"] == {"number": 1, "isHead": False, "author": {"name": None}, "base": None}
    assert diff["after"] == {"number": 2, "note": "x", "base": {"number": 1}, "wasPublished": False}
    (change,) = diff["changes"]
    assert (change["path"], change["kind"], change["change"]) == ("title", "text", "changed")
    assert (change["before"], change["after"], change["items"]) == ("Hello", "Hallo", None)
    assert change["text"]
    assert (diff["entries"], diff["__typename"]) == ({}, "RevisionDiff")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"from": "1", "to": "9"}, "REVISION_MISSING"),
        ({"from": "x", "to": "1"}, "ID_INVALID"),
        ({"from": "1", "to": "1", "id": "x"}, "ID_INVALID"),
        ({"from": "1", "to": "1", "id": str(UUID(int=1))}, "ENTRY_UNKNOWN"),
    ],
)
async def test_what_cannot_be_compared_is_null_and_the_rest_is_there(
    room: Newsroom, given: dict[str, Any], code: str
) -> None:
    """With one error, at its field."""
    post = await room.post("Hello")
    document = DIFF.replace("post(id: $id) { title }", "posts { totalCount }")
    found = await room.ask(document, None, **{"id": post["id"], **given})
    (error,) = found["errors"]
    assert (error["extensions"]["code"], error["path"]) == (code, ["revisionDiff"])
    assert found["data"] == {"revisionDiff": None, "posts": {"totalCount": 1}}


async def test_of_what_a_viewer_may_not_read_there_is_no_difference(room: Newsroom) -> None:
    """The same as of no entry; nor is there a preview of it."""
    post = await room.post("Hello", room.owner)
    error = await room.error(
        "query ($id: ID!) { revisionDiff(id: $id, from: 1, to: 1) { entries } }", room.author, id=post["id"]
    )
    assert error["extensions"]["code"] == "ENTRY_UNKNOWN"
    refused = await room.error(CREATE, room.author, entry=post["id"])
    assert refused["extensions"]["code"] == "ENTRY_UNKNOWN"


async def test_a_preview_is_made_listed_and_revoked(room: Newsroom) -> None:
    """By its maker; others who do not publish see none of it, and cannot end it."""
    post = await room.post("Hello", room.author)
    answer = await room.engine.run(CREATE, {"entry": post["id"]}, None, room.author, origin="https://a.test")
    made = json.loads(answer.body)["data"]["createPreview"]["preview"]
    assert made["url"].startswith("https://a.test/-/preview/")
    assert (made["kind"], made["entry"], made["revision"]) == ("LATEST", post["id"], None)
    assert made["createdBy"] == str(room.author.account)
    revision = {"revision": post["revision"], "expires": "2999-01-01T00:00:00Z"}
    late = await room.error(CREATE, room.author, **revision)
    assert late["extensions"]["code"] == "PREVIEW_LASTING"
    other = Newsroom.of(room.database).author
    assert (await room.data(LIST, other))["previews"] == []
    assert (await room.error(REVOKE, other, id=made["id"]))["extensions"]["code"] == "PREVIEW_UNKNOWN"
    assert (await room.data(LIST, room.author))["previews"] == [{"id": made["id"], "kind": "LATEST"}]
    done = await room.data(REVOKE, room.author, id=made["id"])
    assert done["revokePreview"] == {"id": made["id"], "__typename": "RevokedPreviewPayload"}
    assert (await room.data(LIST, room.author))["previews"] == []
    for wrong in ({}, {"entry": post["id"], "revision": post["revision"]}):
        assert (await room.error(CREATE, **wrong))["extensions"]["code"] == "BODY_INVALID"


async def test_a_mutation_with_get_makes_no_preview(room: Newsroom) -> None:
    """As no command is done so."""
    post = await room.post("Hello")
    refused = await room.ask(CREATE, is_safe=True, entry=post["id"])
    assert "data" not in refused
    assert (await room.data(LIST))["previews"] == []
