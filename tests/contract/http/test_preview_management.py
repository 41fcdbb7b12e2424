"""`/api/previews`: making, listing and ending links; what each is refused."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from tests.store.content.commands.desk import Desk
from tests.store.people.people_rows import add_account, add_token

from masthead.content.commands import Changed, CreateRelease, ReleaseItem
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"


@pytest.fixture
async def editor(application: Application, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A program with an editor's token."""
    async with await program(application, database, "ada@example.org", "editor") as opened:
        yield opened


@pytest.fixture
async def draft(database: Database) -> Changed:
    """Somebody else's draft."""
    return await Desk.at(database).post("Secret")


async def program(application: Application, database: Database, email: str, *roles: str) -> httpx.AsyncClient:
    """A program with the token of somebody who has these roles."""
    account = await add_account(database, email, roles)
    _, text = await add_token(database, account, "read", "publish", days=36_500)
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    headers = {"authorization": f"Bearer {text}"}
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)


async def test_a_link_is_made_listed_opened_and_ended(editor: httpx.AsyncClient, draft: Changed) -> None:
    """The whole life of one."""
    made = await editor.post("/api/previews", json={"entry": str(draft.entry)})
    assert made.status_code == 201
    link = made.json()
    assert (link["kind"], link["entry"], link["revision"]) == ("latest", str(draft.entry), None)
    assert link["url"].startswith(f"{SITE}/-/preview/")
    assert made.headers["cache-control"] == "private, no-store"
    assert (await editor.get("/api/previews")).json() == {"previews": [link]}
    opened = await editor.get(httpx.URL(link["url"]).path)
    assert (opened.status_code, opened.headers["location"]) == (303, "/posts/secret")
    for _ in range(2):
        assert (await editor.delete(f"/api/previews/{link['id']}")).status_code == 204
    assert (await editor.get(httpx.URL(link["url"]).path)).status_code == 410
    assert (await editor.get("/api/previews")).json() == {"previews": []}


async def test_a_revision_and_a_release_have_links_too(
    editor: httpx.AsyncClient, database: Database, draft: Changed
) -> None:
    """Each by its own id."""
    made = (await editor.post("/api/previews", json={"revision": str(draft.head)})).json()
    assert (made["kind"], made["entry"], made["revision"]) == ("revision", str(draft.entry), str(draft.head))
    outcome = await Desk.at(database).run(CreateRelease("Spring", [ReleaseItem(draft.entry)]))
    made = (await editor.post("/api/previews", json={"release": str(outcome.release)})).json()
    assert (made["kind"], made["release"], made["entry"]) == ("release", str(outcome.release), None)


async def test_a_link_ends_when_it_is_told_to(editor: httpx.AsyncClient, draft: Changed) -> None:
    """At a moment with its zone, within what the settings allow."""
    wanted = datetime.now(UTC) + timedelta(days=2)
    given = {"entry": str(draft.entry), "expires": wanted.isoformat()}
    ends = datetime.fromisoformat((await editor.post("/api/previews", json=given)).json()["expiresAt"])
    assert abs(ends - wanted) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "body-invalid"),
        ({"entry": "ID", "release": "ID"}, "body-invalid"),
        ({"entry": "x"}, "id-invalid"),
        ({"entry": 7}, "body-invalid"),
        ({"entry": "ID", "expires": "soon"}, "body-invalid"),
        ({"entry": "ID", "expires": "2030-01-01T00:00:00"}, "body-invalid"),
        ({"entry": "ID", "expires": "2999-01-01T00:00:00Z"}, "preview-lasting"),
        ({"entry": "ID", "expires": "1999-01-01T00:00:00Z"}, "preview-lasting"),
        ({"entry": "ID", "more": 1}, "body-invalid"),
        ([], "body-invalid"),
    ],
)
async def test_what_cannot_be_is_refused(
    editor: httpx.AsyncClient, draft: Changed, given: object, code: str
) -> None:
    """With one problem, and no link."""
    if isinstance(given, dict):
        given = {name: str(draft.entry) if each == "ID" else each for name, each in given.items()}
    answer = await editor.post("/api/previews", json=given)
    assert (answer.status_code, answer.json()["code"]) == (400, code), answer.text
    assert (await editor.get("/api/previews")).json() == {"previews": []}


async def test_who_may_not_read_the_draft_is_told_of_none(
    application: Application, database: Database, draft: Changed
) -> None:
    """By entry or revision; nobody is asked to sign in."""
    async with await program(application, database, "bob@example.org", "author") as stranger:
        for name, key in (("entry", draft.entry), ("revision", draft.head)):
            answer = await stranger.post("/api/previews", json={name: str(key)})
            code = "entry-unknown" if name == "entry" else "revision-missing"
            assert (answer.status_code, answer.json()["code"]) == (404, code)
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as nobody:
        for method, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{draft.entry}")):
            answer = await nobody.request(method, f"/api/previews{path}", json={})
            assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/api/previews", 405),
        ("GET", "/api/previews/x", 405),
        ("DELETE", "/api/previews/x", 404),
        ("DELETE", "/api/previews/00000000-0000-0000-0000-000000000000", 404),
        ("GET", "/api/previews/x/y", 404),
        ("GET", "/api/previews/", 404),
    ],
)
async def test_other_addresses_and_methods_are_none(
    editor: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    """Each with a problem."""
    answer = await editor.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
