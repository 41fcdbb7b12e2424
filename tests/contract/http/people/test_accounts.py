"""Accounts and groups over HTTP."""

import httpx
from tests.contract.http.people.clients import SITE, program, sign_in
from tests.store.people.people_rows import PASSWORD

from masthead.roles.api.application import Application


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
    before = dict(editor.cookies)
    assert (await owner.post(f"/api/accounts/{bob}/suspend")).json()["suspendedAt"] is not None
    assert (await editor.get("/api/session")).status_code == 401
    assert (await sign_in(editor, "bob@example.org")).status_code == 401
    assert (await owner.post(f"/api/accounts/{bob}/restore")).json()["suspendedAt"] is None
    editor.cookies.update(before)
    assert (await editor.get("/api/session")).status_code == 401
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
