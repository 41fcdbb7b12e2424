"""API tokens over HTTP."""

import json

import httpx
import pytest
from tests.contract.http.people.clients import program

from masthead.roles.api.application import Application


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


async def test_somebody_elses_things_are_not_there(
    owner: httpx.AsyncClient, editor: httpx.AsyncClient
) -> None:
    """Neither tokens nor sessions, by their ids."""
    token = (await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})).json()["id"]
    session = (await owner.get("/api/session")).json()["session"]
    assert (await editor.delete(f"/api/tokens/{token}")).status_code == 404
    assert (await editor.delete(f"/api/account/sessions/{session}")).status_code == 404
    assert (await owner.get("/api/session")).status_code == 200


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
