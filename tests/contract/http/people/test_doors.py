"""Who may use which door: walked through by the table of routes."""

import re

import httpx
import pytest
from tests.contract.http.people.clients import browser, program

from masthead.rest.people.routes import ROUTES, Route
from masthead.roles.api.application import Application

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
