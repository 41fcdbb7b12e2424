"""People over HTTP: signing in, tokens, accounts, groups, the audit log; what each is refused."""

import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from tests.store.people.people_rows import PASSWORD, join

from masthead.people import People
from masthead.rest.people.routes import ROUTES, Route
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"
PROBLEM = "application/problem+json"


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    """The same people as the application's, without HTTP."""
    found = People(database, ("Post",))
    yield found
    found.close()


def program(application: Application, **headers: str) -> httpx.AsyncClient:
    """A client without a browser's habits."""
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)


def browser(application: Application) -> httpx.AsyncClient:
    """A client that says its origin, as browsers do, and keeps cookies."""
    return program(application, origin=SITE)


async def sign_in(client: httpx.AsyncClient, email: str = "ada@example.org") -> httpx.Response:
    """Sign in with the password of everybody."""
    return await client.post("/api/session", json={"email": email, "password": PASSWORD})


@pytest.fixture
async def owner(application: Application, people: People) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an owner who is signed in."""
    await join(people, "ada@example.org", "owner")
    async with browser(application) as opened:
        assert (await sign_in(opened)).status_code == 200
        yield opened


@pytest.fixture
async def editor(application: Application, people: People) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an editor who is signed in."""
    await join(people, "bob@example.org", "editor")
    async with browser(application) as opened:
        assert (await sign_in(opened, "bob@example.org")).status_code == 200
        yield opened


async def test_signing_in_gives_a_cookie_that_only_this_site_gets(
    application: Application, people: People
) -> None:
    """No script reads it, no subdomain sets it, no other site's form sends it."""
    await join(people, "ada@example.org", "editor")
    async with browser(application) as client:
        reply = await sign_in(client)
        session, device = reply.headers.get_list("set-cookie")
        name, *flags = session.split("; ")
        assert name.startswith("__Host-masthead=")
        assert flags == ["Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax", "Secure"]
        assert device.startswith("__Host-masthead-device=")
        assert reply.headers["cache-control"] == "no-store"
        assert reply.json()["account"]["email"] == "ada@example.org"
        me = (await client.get("/api/session")).json()
        assert (me["account"]["name"], me["roles"], me["token"]) == ("Ada", ["editor"], None)


async def test_a_wrong_password_and_nobody_look_alike(application: Application, people: People) -> None:
    """The same status, the same body."""
    await join(people)
    async with program(application) as client:
        wrong = await client.post("/api/session", json={"email": "ada@example.org", "password": "wrong"})
        nobody = await client.post("/api/session", json={"email": "x@example.org", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.content == nobody.content
    assert wrong.headers["content-type"] == PROBLEM
    assert wrong.json()["code"] == "sign-in-refused"


async def test_too_many_attempts_are_told_when_to_come_again(
    application: Application, people: People
) -> None:
    """429 with Retry-After."""
    await join(people)
    body = {"email": "ada@example.org", "password": "wrong"}
    async with program(application) as client:
        tries = [await client.post("/api/session", json=body) for _ in range(7)]
        metrics = (await client.get("/metrics")).text
    assert [each.status_code for each in tries] == [401] * 6 + [429]
    assert tries[-1].headers["retry-after"] in ("1", "2")
    assert 'masthead_sign_ins_total{outcome="sign-in-refused"} 6.0' in metrics
    assert 'masthead_sign_ins_total{outcome="sign-in-delayed"} 1.0' in metrics


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
async def test_no_other_site_signs_a_browser_in(
    application: Application, people: People, headers: dict[str, str]
) -> None:
    """Not even as its own account, which the victim would then write in."""
    await join(people)
    async with program(application, **headers) as client:
        reply = await sign_in(client)
    assert (reply.status_code, reply.json()["code"]) == (403, "origin-foreign")
    assert "set-cookie" not in reply.headers


async def test_a_session_without_an_origin_changes_nothing(owner: httpx.AsyncClient) -> None:
    """One clear error, which says what to send."""
    del owner.headers["origin"]
    assert (await owner.get("/api/session")).status_code == 200
    reply = await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})
    assert (reply.status_code, reply.json()["code"]) == (403, "origin-foreign")
    assert SITE in reply.json()["remedy"]


async def test_signing_out_ends_the_session(owner: httpx.AsyncClient) -> None:
    """Not just its cookie."""
    cookie = owner.cookies["__Host-masthead"]
    assert (await owner.delete("/api/session")).status_code == 204
    assert "__Host-masthead" not in owner.cookies
    reply = await owner.get("/api/session", headers={"cookie": f"__Host-masthead={cookie}"})
    assert (reply.status_code, reply.json()["code"]) == (401, "not-signed-in")
    assert (await owner.delete("/api/session")).status_code == 204


async def test_a_password_change_keeps_only_this_session(
    application: Application, owner: httpx.AsyncClient
) -> None:
    """It goes on with another cookie; the others are over."""
    async with browser(application) as other:
        await sign_in(other)
        before = owner.cookies["__Host-masthead"]
        body = {"current": PASSWORD, "password": "another three words"}
        assert (await owner.put("/api/account/password", json=body)).status_code == 204
        assert owner.cookies["__Host-masthead"] != before
        assert (await owner.get("/api/session")).status_code == 200
        assert (await other.get("/api/session")).status_code == 401


async def test_sessions_are_listed_and_ended(application: Application, owner: httpx.AsyncClient) -> None:
    """One, or everywhere."""
    async with browser(application) as other:
        await sign_in(other)
        found = (await owner.get("/api/account/sessions")).json()["sessions"]
        assert [each["isCurrent"] for each in found] in ([True, False], [False, True])
        (elsewhere,) = [each["id"] for each in found if not each["isCurrent"]]
        assert (await owner.delete(f"/api/account/sessions/{elsewhere}")).status_code == 204
        assert (await other.get("/api/session")).status_code == 401
    assert (await owner.delete("/api/account/sessions")).status_code == 204
    assert (await owner.get("/api/session")).status_code == 401


async def test_a_token_is_shown_once_and_works_until_it_is_revoked(
    application: Application, owner: httpx.AsyncClient
) -> None:
    """It needs no origin and no cookie; the list shows when it was used."""
    made = await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read", "change:Post"], "days": 1})
    assert made.status_code == 201
    token = made.json()
    listed = (await owner.get("/api/tokens")).json()["tokens"]
    assert "text" not in listed[0]
    assert listed[0]["usedAt"] is None
    async with program(application, authorization=f"Bearer {token['text']}") as client:
        me = await client.get("/api/session")
        assert (me.json()["scopes"], me.json()["token"]) == (["change:Post", "read"], token["id"])
        assert (await owner.get("/api/tokens")).json()["tokens"][0]["usedAt"] is not None
        assert (await owner.delete(f"/api/tokens/{token['id']}")).status_code == 204
        refused = await client.get("/api/session")
    assert (refused.status_code, refused.json()["code"]) == (401, "token-invalid")
    assert refused.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "CI", "scopes": []}, "scope-missing"),
        ({"name": "CI", "scopes": ["everything"]}, "scope-unknown"),
        ({"name": "CI", "scopes": ["change:Nothing"]}, "scope-unknown"),
        ({"name": "CI", "scopes": ["read:"]}, "scope-unknown"),
        ({"name": " ", "scopes": ["read"]}, "name-invalid"),
        ({"name": "\0", "scopes": ["read"]}, "name-invalid"),
        ({"name": "CI", "scopes": ["read"], "days": 0}, "token-lasting"),
        ({"name": "CI", "scopes": ["read"], "days": 10**30}, "body-invalid"),
        ({"name": "CI", "scopes": ["read"], "days": 10**15}, "token-lasting"),
        ({"name": "CI"}, "body-invalid"),
        ({"name": "CI", "scopes": ["read"], "more": 1}, "body-invalid"),
        ([], "body-invalid"),
    ],
)
async def test_a_token_that_cannot_be_is_refused(owner: httpx.AsyncClient, body: object, code: str) -> None:
    """With a code, and what would be right."""
    reply = await owner.post("/api/tokens", content=_json(body), headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (400, code)


async def test_a_token_needs_its_scope(application: Application, owner: httpx.AsyncClient) -> None:
    """An owner's token without `administer` does not administer."""
    token = (await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})).json()["text"]
    async with program(application, authorization=f"Bearer {token}") as client:
        reply = await client.get("/api/accounts")
    assert (reply.status_code, reply.json()["code"]) == (403, "not-allowed")


SOME_ID = "01900000-0000-7000-8000-000000000000"


def address(route: Route) -> str:
    """A path of it, with an id of nobody wherever there is one."""
    return re.sub(r"{\w+}", SOME_ID, route.path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: each.name)
async def test_nobody_gets_nothing(application: Application, route: Route) -> None:
    """Who is not signed in is told so at every door but those for anyone, whatever the body."""
    async with browser(application) as client:
        reply = await client.request(route.method, address(route))
    if route.who == "anyone":
        assert reply.status_code in (204, 415)
    else:
        assert (reply.status_code, reply.json()["code"]) == (401, "not-signed-in")
        assert reply.headers["www-authenticate"].startswith("Bearer")


async def test_only_owners_administer(editor: httpx.AsyncClient) -> None:
    """An editor is refused before anything is looked up."""
    for route in ROUTES:
        if route.who == "owner":
            reply = await editor.request(route.method, address(route))
            assert (reply.status_code, reply.json()["code"]) == (403, "not-allowed"), route.name


async def test_what_a_person_decides_no_token_does(
    application: Application, owner: httpx.AsyncClient
) -> None:
    """Not even one with every scope: what leaked would otherwise last."""
    scopes = ["read", "create", "change", "publish", "delete", "administer"]
    token = (await owner.post("/api/tokens", json={"name": "All", "scopes": scopes})).json()["text"]
    async with program(application, authorization=f"Bearer {token}") as client:
        for route in ROUTES:
            reply = await client.request(route.method, address(route))
            is_refused = reply.status_code == 403 and reply.json()["code"] == "not-allowed"
            assert is_refused == (route.who == "person"), route.name


async def test_somebody_elses_things_are_not_there(
    owner: httpx.AsyncClient, editor: httpx.AsyncClient
) -> None:
    """Neither tokens nor sessions, by their ids."""
    token = (await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})).json()["id"]
    session = (await owner.get("/api/session")).json()["session"]
    assert (await editor.delete(f"/api/tokens/{token}")).status_code == 404
    assert (await editor.delete(f"/api/account/sessions/{session}")).status_code == 404
    assert (await owner.get("/api/session")).status_code == 200


async def test_an_invited_person_comes_in_by_the_link(
    application: Application, owner: httpx.AsyncClient
) -> None:
    """Once. The link says nothing to who has it but for whom it is."""
    body = {"email": "Bob@Example.org", "name": "Bob", "roles": ["author"]}
    made = (await owner.post("/api/accounts", json=body)).json()
    assert made["link"].startswith(f"{SITE}/-/link?token=")
    assert made["hasPassword"] is False
    link = made["link"].partition("=")[2]
    async with program(application) as bob:
        use = {"link": link, "password": PASSWORD, "name": "Robert"}
        used = await bob.post("/api/session/link", json=use)
        assert (used.status_code, used.json()["account"]["name"]) == (200, "Robert")
        assert (await bob.get("/api/session")).json()["roles"] == ["author"]
        again = await bob.post("/api/session/link", json=use, headers={"origin": SITE})
        assert (again.status_code, again.json()["code"]) == (404, "link-invalid")


async def test_a_forgotten_password_needs_an_owner(
    application: Application, owner: httpx.AsyncClient, editor: httpx.AsyncClient
) -> None:
    """The link that an owner hands over makes another; it signs out everywhere."""
    (bob,) = [
        each for each in (await owner.get("/api/accounts")).json()["accounts"] if each["name"] != "Ada"
    ] or [(await owner.get("/api/accounts")).json()["accounts"][1]]
    link = (await owner.post(f"/api/accounts/{bob['id']}/link")).json()["link"].partition("=")[2]
    async with program(application) as client:
        body = {"link": link, "password": "quite another password"}
        assert (await client.post("/api/session/link", json=body)).status_code == 200
    assert (await editor.get("/api/session")).status_code == 401


async def test_roles_change_at_once(owner: httpx.AsyncClient, editor: httpx.AsyncClient) -> None:
    """And sign out whom they concern."""
    bob = (await editor.get("/api/session")).json()["account"]["id"]
    changed = await owner.patch(f"/api/accounts/{bob}", json={"roles": ["author", "author"]})
    assert changed.json()["roles"] == ["author"]
    assert (await editor.get("/api/session")).status_code == 401


async def test_ones_own_roles_change_under_a_new_cookie(owner: httpx.AsyncClient) -> None:
    """Who asks stays signed in, with another secret."""
    before, ada = owner.cookies["__Host-masthead"], (await owner.get("/api/session")).json()["account"]["id"]
    assert (await owner.patch(f"/api/accounts/{ada}", json={"roles": ["owner", "editor"]})).status_code == 200
    assert owner.cookies["__Host-masthead"] != before
    assert (await owner.get("/api/session")).json()["roles"] == ["editor", "owner"]


async def test_the_last_owner_stays(owner: httpx.AsyncClient) -> None:
    """Neither suspended nor without the role; nothing is half done."""
    ada = (await owner.get("/api/session")).json()["account"]["id"]
    tries = [
        await owner.post(f"/api/accounts/{ada}/suspend"),
        await owner.patch(f"/api/accounts/{ada}", json={"roles": []}),
    ]
    assert [(each.status_code, each.json()["code"]) for each in tries] == [(409, "last-owner")] * 2
    assert (await owner.get("/api/session")).status_code == 200


async def test_a_suspended_account_is_out(owner: httpx.AsyncClient, editor: httpx.AsyncClient) -> None:
    """Its session ends, and its password opens nothing, until it is restored."""
    bob = (await editor.get("/api/session")).json()["account"]["id"]
    assert (await owner.post(f"/api/accounts/{bob}/suspend")).json()["suspendedAt"] is not None
    assert (await editor.get("/api/session")).status_code == 401
    assert (await sign_in(editor, "bob@example.org")).status_code == 401
    assert (await owner.post(f"/api/accounts/{bob}/restore")).json()["suspendedAt"] is None
    assert (await sign_in(editor, "bob@example.org")).status_code == 200


async def test_groups_give_their_roles(owner: httpx.AsyncClient, editor: httpx.AsyncClient) -> None:
    """To their members, for as long as they are."""
    bob = (await editor.get("/api/session")).json()["account"]["id"]
    desk = (await owner.post("/api/groups", json={"name": "Desk", "roles": ["chief"]})).json()["id"]
    assert (await owner.put(f"/api/groups/{desk}/members/{bob}")).json()["members"] == [bob]
    assert (await editor.get("/api/session")).status_code == 401
    await sign_in(editor, "bob@example.org")
    me = (await editor.get("/api/session")).json()
    assert (me["roles"], me["account"]["groups"]) == (["chief", "editor"], ["Desk"])
    assert (await owner.patch(f"/api/groups/{desk}", json={"name": "The desk"})).json()["name"] == "The desk"
    twice = await owner.post("/api/groups", json={"name": "The desk"})
    assert (twice.status_code, twice.json()["code"]) == (409, "group-exists")
    assert (await owner.delete(f"/api/groups/{desk}/members/{bob}")).json()["members"] == []
    assert (await owner.delete(f"/api/groups/{desk}")).status_code == 204
    assert (await owner.get("/api/groups")).json() == {"groups": []}


async def test_the_audit_log_is_read_in_pages(owner: httpx.AsyncClient) -> None:
    """The newest first; `after` is where the next page begins; filters hold together."""
    await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})
    whole = (await owner.get("/api/audit")).json()
    assert [each["action"] for each in whole["lines"]][:2] == ["token.create", "session.begin"]
    pages, after = [], ""
    while after is not None:
        page = (await owner.get(f"/api/audit?size=2{after and f'&after={after}'}")).json()
        pages += page["lines"]
        after = page["next"]
    assert pages == whole["lines"]
    ada = (await owner.get("/api/session")).json()["account"]["id"]
    found = (await owner.get(f"/api/audit?account={ada}&action=session.*&outcome=done")).json()["lines"]
    assert [each["action"] for each in found] == ["session.begin"]
    assert (await owner.get(f"/api/audit?subject={ada}&until=2020-01-01T00:00:00Z")).json()["lines"] == []


@pytest.mark.parametrize(
    "query",
    [
        "account=x",
        "size=0",
        "size=9999",
        "since=yesterday",
        "since=0001-01-01T00:00:00%2B14:00",
        "outcome=maybe",
        "no=1",
        "action=a&action=b",
        "subject=%00",
        "after=1",
    ],
)
async def test_a_wrong_question_to_the_audit_log_is_refused(owner: httpx.AsyncClient, query: str) -> None:
    """By the parameter's name."""
    reply = await owner.get(f"/api/audit?{query}")
    assert reply.status_code == 400
    assert reply.json()["parameter"] == query.partition("=")[0]


async def test_the_audit_log_is_exported_as_lines(owner: httpx.AsyncClient) -> None:
    """Each line is JSON, the oldest first; the same lines as in the pages."""
    reply = await owner.get("/api/audit/export")
    assert reply.headers["content-type"] == "application/jsonl; charset=utf-8"
    lines = [json.loads(line) for line in reply.text.splitlines()]
    assert lines == (await owner.get("/api/audit?size=1000")).json()["lines"][::-1]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "application/json", 400, "body-invalid"),
        (b"{", "application/json", 400, "body-invalid"),
        (b'"\\ud800"', "application/json", 400, "body-invalid"),
        (b"email=a&password=b", "application/x-www-form-urlencoded", 415, "media-type"),
        (b'{"email":"a","password":"b"}', "text/plain", 415, "media-type"),
        (b'{"email":"a"}', "application/json", 400, "body-invalid"),
        (b'{"email":1,"password":true}', "application/json", 400, "body-invalid"),
        (b'{"email":"a","password":"\\u0000"}', "application/json", 401, "sign-in-refused"),
        (b" " * 17_000, "application/json", 413, "body-too-long"),
    ],
)
async def test_what_is_no_sign_in_is_refused(
    application: Application, content: bytes, kind: str, status: int, code: str
) -> None:
    """Never with a 500."""
    async with program(application) as client:
        reply = await client.post("/api/session", content=content, headers={"content-type": kind})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_without_a_database_nobody_signs_in(
    application: Application, owner: httpx.AsyncClient, database: Database
) -> None:
    """503, and no internals: for a session, for signing in, for the pages."""
    await database.close()
    tries = [
        await owner.get("/api/session"),
        await sign_in(owner),
        await owner.get("/-/account"),
        await owner.get("/-/link?token=x", headers={"cookie": ""}),
    ]
    async with browser(application) as other:
        tries.append(await sign_in(other))
        tries.append(await other.post("/-/sign-in", data={"email": "a@b.c", "password": "x"}))
    assert [each.status_code for each in tries] == [503] * 6
    assert not [each.text for each in tries if "asyncpg" in each.text or "pool" in each.text]


async def test_other_methods_are_told_which_there_are(application: Application) -> None:
    """405 with Allow; what is nowhere is 404."""
    async with program(application) as client:
        reply = await client.put("/api/session")
        assert (reply.status_code, reply.headers["allow"]) == (405, "DELETE, GET, POST")
        assert (await client.get("/api/accounts/a/b/c/d")).status_code == 404
        assert (await client.get("/api/session/")).status_code == 404


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
