"""`/api/webhooks`: making, changing and removing; what was sent, and what each is refused."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.store.people.people_rows import add_account, add_token
from tests.store.webhooks.consumed import Consumed
from tests.store.webhooks.post import happen

from masthead.events import Relay
from masthead.events.frontier import Frontier
from masthead.roles.api.application import Application
from masthead.store import Database

NEW = {"url": "https://example.org/in", "types": ["content.entry.*"], "condition": {"type": "post"}}


@pytest.fixture
async def owner(application: Application, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A program with an owner's token."""
    account = await add_account(database, "ada@example.org", ("owner",))
    _, text = await add_token(database, account, "administer", days=36_500)
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    headers = {"authorization": f"Bearer {text}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="https://masthead.test", headers=headers
    ) as opened:
        yield opened


async def test_a_webhook_is_made_changed_and_removed(owner: httpx.AsyncClient) -> None:
    """Its secret is in the answers that make one, and in no other."""
    reply = await owner.post("/api/webhooks", json=NEW)
    assert (reply.status_code, reply.headers["cache-control"]) == (201, "private, no-store")
    made = reply.json()
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert {name: made[name] for name in NEW} == NEW
    path = f"/api/webhooks/{made['id']}"
    assert (await owner.get("/api/webhooks")).json() == {"webhooks": [made]}
    rotated = (await owner.post(f"{path}/secret")).json()
    assert rotated["secret"] != secret
    changed = (await owner.patch(path, json={"condition": {}, "ordered": True, "enabled": False})).json()
    assert (changed["condition"], changed["ordered"], changed["enabled"]) == (None, True, False)
    refused = await owner.post(f"{path}/redrive", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook-disabled")
    assert (await owner.delete(path)).status_code == 204
    gone = await owner.get(path)
    assert (gone.status_code, gone.json()["code"]) == (404, "webhook-missing")


async def test_a_range_is_sent_again_and_logged(owner: httpx.AsyncClient, database: Database) -> None:
    """Each event a delivery; one that is sent again has the same event id."""
    await happen(database, 3)
    async with database.sole("nothing") as session:
        await Relay(database).give(session, 0, Frontier())
    made = (await owner.post("/api/webhooks", json=NEW)).json()
    path = f"/api/webhooks/{made['id']}"
    replayed = (await owner.post(f"{path}/replay", json={"first": 2, "last": 9})).json()
    assert replayed["deliveries"] == 2
    page = (await owner.get(f"{path}/deliveries", params={"size": 1})).json()
    (newest,) = page["deliveries"]
    assert (newest["position"], newest["state"], newest["lane"]) == (3, "pending", replayed["lane"])
    rest = (await owner.get(f"{path}/deliveries", params={"before": page["next"]})).json()
    assert [each["position"] for each in rest["deliveries"]] == [2]
    one = f"{path}/deliveries/{newest['id']}"
    assert (await owner.get(one)).json() == {**newest, "log": []}
    again = (await owner.post(f"{one}/resend")).json()
    assert again["event"] == newest["event"]
    assert again["lane"] != newest["lane"]


async def test_what_was_missed_is_recovered(owner: httpx.AsyncClient, database: Database) -> None:
    """The answer that enables tells which positions were missed; `since` takes the moment that it names."""
    made = (await owner.post("/api/webhooks", json=NEW)).json()
    path = f"/api/webhooks/{made['id']}"
    off = (await owner.patch(path, json={"enabled": False})).json()
    assert off["missed"] == [{"first": 1, "last": None, "since": off["disabledAt"]}]
    await Consumed(database).tell(3)
    on = (await owner.patch(path, json={"enabled": True})).json()
    assert on["missed"] == [{"first": 1, "last": 3, "since": off["disabledAt"]}]
    recovered = (await owner.post(f"{path}/recover", json={"since": off["disabledAt"]})).json()
    found = (recovered["first"], recovered["last"], recovered["deliveries"], recovered["next"])
    assert found == (1, 3, 3, None)
    page = (await owner.get(f"{path}/deliveries")).json()["deliveries"]
    assert {each["lane"] for each in page} == {recovered["lane"]}
    assert (await owner.get(path)).json()["missed"] == []


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"since": "2027-01-05T09:00:00Z", "first": 1},
        {"since": "2027-01-05T09:00:00"},
        {"since": 1},
        {"first": 0},
        {"first": 1, "until": "soon"},
    ],
)
async def test_what_is_no_beginning_of_a_recovery(owner: httpx.AsyncClient, given: dict[str, Any]) -> None:
    """One of a moment with its offset, and a position."""
    made = (await owner.post("/api/webhooks", json=NEW)).json()
    reply = await owner.post(f"/api/webhooks/{made['id']}/recover", json=given)
    assert (reply.status_code, reply.json()["code"]) == (400, "body-invalid")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_recovery_since_any_moment(owner: httpx.AsyncClient, moment: str) -> None:
    """Also the first and the last there is."""
    made = (await owner.post("/api/webhooks", json=NEW)).json()
    reply = await owner.post(f"/api/webhooks/{made['id']}/recover", json={"since": moment, "until": moment})
    assert (reply.status_code, reply.json()["deliveries"]) == (200, 0)


async def test_what_has_not_arrived_is_among_the_metrics(owner: httpx.AsyncClient) -> None:
    """Read at each scrape."""
    made = (await owner.post("/api/webhooks", json=NEW)).json()
    await owner.patch(f"/api/webhooks/{made['id']}", json={"enabled": False})
    found = (await owner.get("/metrics")).text
    assert 'masthead_webhook_deliveries{state="dead"} 0.0' in found
    assert "masthead_webhooks_disabled 1.0" in found


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"url": "ftp://example.org"}, "webhook-url"),
        ({"url": "https://user:secret@example.org"}, "webhook-url"),
        ({"url": "https://example.org:99999/"}, "webhook-url"),
        ({"url": "https://exämple.org"}, "webhook-url"),
        ({**NEW, "types": []}, "webhook-types"),
        ({**NEW, "types": ["*.v1"]}, "webhook-types"),
        ({**NEW, "condition": {"type": {"like": "p"}}}, "webhook-condition"),
        ({"types": ["*"]}, "body-invalid"),
    ],
)
async def test_what_is_refused(owner: httpx.AsyncClient, given: dict[str, Any], code: str) -> None:
    """With 400, by what is wrong."""
    reply = await owner.post("/api/webhooks", json=given)
    assert (reply.status_code, reply.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("method", "tail", "status"),
    [
        ("PUT", "", 405),
        ("GET", "/nothing", 404),
        ("GET", "/00000000-0000-0000-0000-000000000000/secret", 405),
    ],
)
async def test_other_addresses(owner: httpx.AsyncClient, method: str, tail: str, status: int) -> None:
    """Say what is possible."""
    assert (await owner.request(method, f"/api/webhooks{tail}")).status_code == status
