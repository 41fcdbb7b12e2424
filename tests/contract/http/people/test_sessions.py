"""Signing in and out over HTTP, and what no request may do with a session."""

import httpx
import pytest
from tests.contract.http.people.clients import SITE, browser, program, sign_in
from tests.store.people.people_rows import PASSWORD, join

from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database

PROBLEM = "application/problem+json"


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
    reply = await owner.delete("/api/session")
    assert reply.status_code == 204
    assert "__Host-masthead" not in owner.cookies
    assert "__Host-masthead-device" in owner.cookies
    assert reply.headers["clear-site-data"] == '"storage"'
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
    everywhere = await owner.delete("/api/account/sessions")
    assert (everywhere.status_code, everywhere.headers["clear-site-data"]) == (204, '"storage"')
    assert (await owner.get("/api/session")).status_code == 401


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
