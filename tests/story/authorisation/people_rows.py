"""Rows of people: signing in, tokens, accounts, groups, the audit log, and their pages."""

from typing import Any

from tests.store.people.people_rows import PASSWORD
from tests.story.authorisation.row import Ask, Prepare, Row, always
from tests.story.authorisation.world import World

PASSPHRASE = "granite meadow lantern"


def _of_account(tail: str = "", json: Any = None) -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask(f"/api/accounts/{await world.account()}{tail}", json)

    return prepare


def _of_group(json: Any = None) -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask(f"/api/groups/{await world.group()}", json)

    return prepare


async def _member(world: World) -> Ask:
    return Ask(f"/api/groups/{await world.group()}/members/{await world.account()}")


async def _taken(world: World) -> Ask:
    ask = await _member(world)
    await world.owner("PUT", ask.path)
    return ask


async def _restored(world: World) -> Ask:
    account = await world.account()
    await world.owner("POST", f"/api/accounts/{account}/suspend")
    return Ask(f"/api/accounts/{account}/restore")


async def _link(world: World) -> Ask:
    made = await world.owner("POST", f"/api/accounts/{await world.account()}/link")
    secret = made["link"].partition("token=")[2]
    return Ask("/api/session/link", {"link": secret, "password": PASSPHRASE})


async def _session(world: World) -> Ask:
    (session, *_) = (await world.owner("GET", "/api/account/sessions"))["sessions"]
    return Ask(f"/api/account/sessions/{session['id']}")


async def _token(world: World) -> Ask:
    (token, *_) = (await world.owner("GET", "/api/tokens"))["tokens"]
    return Ask(f"/api/tokens/{token['id']}")


SIGN_IN = {"email": "owner@example.org", "password": PASSWORD}


async def _opened(world: World) -> Ask:
    ask = await _link(world)
    return Ask(f"/-/link?token={ask.json['link']}")


async def _sent(world: World) -> Ask:
    ask = await _link(world)
    return Ask("/-/link", data={"token": ask.json["link"], "password": PASSPHRASE})


PAGE_ROWS = (
    Row("page GET /-/sign-in", always("/-/sign-in"), "anyone"),
    Row("page POST /-/sign-in", always("/-/sign-in", data=SIGN_IN), "anyone"),
    Row("page GET /-/link", _opened, "anyone"),
    Row("page POST /-/link", _sent, "anyone"),
    Row("page GET /-/account", always("/-/account"), "person", is_session=True, nobody=303),
    Row(
        "page POST /-/account",
        always("/-/account", data={"do": "create-token", "name": "CI", "scope": "read", "days": "30"}),
        "person",
        is_session=True,
        nobody=303,
    ),
)

PEOPLE_ROWS = (
    *PAGE_ROWS,
    Row("POST /api/session", always("/api/session", SIGN_IN), "anyone"),
    Row("GET /api/session", always("/api/session"), "person"),
    Row("DELETE /api/session", always("/api/session"), "anyone"),
    Row("POST /api/session/link", _link, "anyone"),
    Row("GET /api/account", always("/api/account"), "person"),
    Row("PATCH /api/account", always("/api/account", {"name": "Ada"}), "person", is_session=True),
    Row(
        "PUT /api/account/password",
        always("/api/account/password", {"current": PASSWORD, "password": PASSPHRASE}),
        "person",
        is_session=True,
    ),
    Row("GET /api/account/sessions", always("/api/account/sessions"), "person", is_session=True),
    Row("DELETE /api/account/sessions", always("/api/account/sessions"), "person", is_session=True),
    Row("DELETE /api/account/sessions/{session}", _session, is_session=True),
    Row("GET /api/tokens", always("/api/tokens"), "person", is_session=True),
    Row(
        "POST /api/tokens",
        always("/api/tokens", {"name": "CI", "scopes": ["read"]}),
        "person",
        is_session=True,
    ),
    Row("DELETE /api/tokens/{token}", _token, is_session=True),
    Row("GET /api/accounts", always("/api/accounts")),
    Row("POST /api/accounts", always("/api/accounts", {"email": "eve@example.org", "name": "Eve"})),
    Row("GET /api/accounts/{account}", _of_account()),
    Row("PATCH /api/accounts/{account}", _of_account("", {"name": "Carol"})),
    Row("POST /api/accounts/{account}/link", _of_account("/link")),
    Row("POST /api/accounts/{account}/suspend", _of_account("/suspend")),
    Row("POST /api/accounts/{account}/restore", _restored),
    Row("GET /api/groups", always("/api/groups")),
    Row("POST /api/groups", always("/api/groups", {"name": "press"})),
    Row("PATCH /api/groups/{group}", _of_group({"name": "news"})),
    Row("DELETE /api/groups/{group}", _of_group()),
    Row("PUT /api/groups/{group}/members/{account}", _member),
    Row("DELETE /api/groups/{group}/members/{account}", _taken),
    Row("GET /api/audit", always("/api/audit")),
    Row("GET /api/audit/export", always("/api/audit/export")),
)
