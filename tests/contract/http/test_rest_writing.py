"""What writing over REST refuses: one problem, a stable code, every path, a remedy."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.store.people.people_rows import PASSWORD, join

from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"
NOBODY = "00000000-0000-7000-8000-000000000000"
POST = {"title": "Hello", "date": "2024-01-05T00:00:00Z", "body": "Text."}


@pytest.fixture
async def editor(application: Application, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an editor who is signed in."""
    people = People(database, ("Post",))
    await join(people, "ada@example.org", "editor")
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE}) as client:
        signed_in = {"email": "ada@example.org", "password": PASSWORD}
        assert (await client.post("/api/session", json=signed_in)).status_code == 200
        yield client
    people.close()


@pytest.mark.parametrize(
    ("body", "code", "paths"),
    [
        ({"nope": 1}, "field-unknown", ["nope"]),
        ({"media_type": "x", "title": 5}, "refused", ["title", "media_type"]),
        ({"title": 5, "date": "soon"}, "field-invalid", ["title", "date"]),
        ({"authors": [NOBODY]}, "reference-unknown", ["authors.0"]),
        ({"title": "a\0b"}, "field-invalid", ["title"]),
    ],
)
async def test_every_fault_is_named_at_once(
    editor: httpx.AsyncClient, body: dict[str, Any], code: str, paths: list[str]
) -> None:
    """422, with the path of each, and nothing is made."""
    reply = await editor.post("/api/posts", json=body)
    problem = reply.json()
    assert (reply.status_code, problem["code"], bool(problem["remedy"])) == (422, code, True)
    assert sorted(each["path"] for each in problem["faults"]) == sorted(paths)
    assert (await editor.get("/api/posts?stage=draft")).json()["data"] == []


async def test_a_head_comes_back_as_it_was_given(editor: httpx.AsyncClient) -> None:
    """The ETag of a draft, with its digest and its encoding, is a base; so is that of a write."""
    made = await editor.post("/api/posts", json=POST)
    head = made.json()["revision"]
    assert (made.status_code, made.headers["etag"]) == (201, f'"{head}"')
    assert made.headers["location"].endswith("?stage=draft")
    read = await editor.get(made.headers["location"])
    assert read.headers["etag"].startswith(f'"{head}.')
    saved = await editor.patch(
        "/api/posts/hello", json={"title": "New"}, headers={"if-match": read.headers["etag"]}
    )
    assert (saved.json()["number"], saved.json()["data"]["title"]) == (2, "New")


@pytest.mark.parametrize(
    ("headers", "query", "status", "code"),
    [
        ({}, "", 428, "base-missing"),
        ({"if-match": '"old"'}, "", 400, "id-invalid"),
        ({}, "?base=old", 400, "id-invalid"),
        ({"if-match": f'"{NOBODY}"'}, "?base=11111111-0000-7000-8000-000000000000", 400, "base-unclear"),
        ({"if-match": f'"{NOBODY}"'}, "", 422, "base-unknown"),
        ({"content-type": "text/plain"}, f"?base={NOBODY}", 415, "media-type"),
        ({}, f"?base={NOBODY}&more=1", 400, "parameter-unknown"),
    ],
)
async def test_what_a_change_must_say(
    editor: httpx.AsyncClient, headers: dict[str, str], query: str, status: int, code: str
) -> None:
    """On which revision it is based, once, in JSON, and nothing that is not known."""
    await editor.post("/api/posts", json=POST)
    reply = await editor.patch(f"/api/posts/hello{query}", json={"title": "New"}, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_too_much_is_refused_before_it_is_read(editor: httpx.AsyncClient) -> None:
    """The application of these tests takes 4 KB."""
    reply = await editor.post("/api/posts", json={"title": "a" * 5000})
    assert (reply.status_code, reply.json()["code"]) == (413, "body-too-long")


async def test_both_versions_of_a_clash_are_in_the_problem(editor: httpx.AsyncClient) -> None:
    """409, and neither is lost."""
    base = (await editor.post("/api/posts", json=POST)).json()["revision"]
    await editor.patch(f"/api/posts/hello?base={base}", json={"title": "Theirs"})
    reply = await editor.patch(f"/api/posts/hello?base={base}", json={"title": "Yours"})
    (clash,) = reply.json()["conflict"]["clashes"]
    assert (reply.status_code, reply.json()["code"]) == (409, "conflict")
    assert (clash["path"], clash["theirs"], clash["yours"]) == ("title", "Theirs", "Yours")


async def test_a_key_makes_it_happen_once(editor: httpx.AsyncClient) -> None:
    """The second answer is the first one's, and says so."""
    replies = [
        await editor.post("/api/tags", json={"name": "One"}, headers={"idempotency-key": "k"})
        for _ in range(2)
    ]
    assert [each.json()["isRepeated"] for each in replies] == [False, True]
    assert replies[0].json()["id"] == replies[1].json()["id"]
    other = await editor.post("/api/tags", json={"name": "Two"}, headers={"idempotency-key": "k"})
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")


async def test_a_bulk_is_all_or_nothing(editor: httpx.AsyncClient) -> None:
    """The number of the command at fault is told."""
    bulk = [
        {"command": "create", "type": "Tag", "fields": {"name": "One"}},
        {"command": "create", "type": "Tag", "fields": {"nope": 1}},
    ]
    reply = await editor.post("/api/bulk", json=bulk)
    (fault,) = reply.json()["faults"]
    assert (reply.status_code, fault["command"], fault["path"]) == (422, 1, "nope")
    assert (await editor.get("/api/tags?stage=draft")).json()["data"] == []


async def test_an_entry_of_another_type_is_not_there(editor: httpx.AsyncClient) -> None:
    """An id is one of the type in the address."""
    made = (await editor.post("/api/tags", json={"name": "One"})).json()
    reply = await editor.post(f"/api/posts/{made['id']}/publish", json={"base": made["revision"]})
    assert (reply.status_code, reply.json()["code"]) == (404, "entry-missing")
