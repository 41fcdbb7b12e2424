"""Every event arrives or lies in dead letters, whatever receivers do and whenever workers die.

MASTHEAD_TORTURE=1 kills ten of them."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from standardwebhooks import Webhook
from tests.store.webhooks.post import ORIGIN, Receiver, happen, kill, receiver, states, until, worker

from masthead.store import Database
from masthead.webhooks import Delivery, Endpoint, Endpoints, Wanted, list_attempts, list_deliveries

KILLS = 10 if os.environ.get("MASTHEAD_TORTURE") == "1" else 1
EVENTS = 10 * KILLS
RELAXED = ("/wrong", "/cut", "/never", "/endless")


async def make(
    database: Database, found: Receiver, path: str, *, is_ordered: bool = False
) -> tuple[Endpoint, str]:
    """An endpoint at the receiver that wants everything, and its secret."""
    return await Endpoints(database).create(Wanted(found.url(path), is_ordered=is_ordered), ORIGIN)


async def all_ended(database: Database, number: int) -> bool:
    """Whether there are so many deliveries, and none waits."""
    found = await states(database)
    return "pending" not in found and sum(found.values()) >= number


def in_order(found: Receiver, path: str) -> list[str]:
    """The events that have come, each where it came first."""
    return list(dict.fromkeys(each.event for each in found.received(path)))


def verify(found: Receiver, path: str, secret: str) -> None:
    """Every request there has a signature that the published library takes, and the envelope's id."""
    for each in found.received(path):
        envelope = Webhook(secret).verify(each.body, each.headers)
        assert envelope["id"] == each.event
        assert each.headers["content-type"] == "application/cloudevents+json"


async def test_every_event_arrives_or_is_dead_also_when_workers_are_killed(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Receivers answer well, slowly, wrongly, never; the worker is killed in between. Signatures
    are right, ids stay the same in all attempts, and ordered endpoints get events in order."""
    async with receiver(tmp_path) as found:
        ordered = [await make(database, found, path, is_ordered=True) for path in ("/well", "/slow")]
        relaxed = [await make(database, found, path) for path in RELAXED]
        events: list[str] = []
        for _ in range(KILLS):
            async with worker(database_url) as process:
                begun = len(found.received("/slow"))
                events += await happen(database, EVENTS // KILLS)

                async def is_in_the_middle(begun: int = begun) -> bool:
                    return len(found.received("/slow")) > begun + 2

                await until(is_in_the_middle)
                await kill(process)
        async with worker(database_url):
            wanted = EVENTS * (len(ordered) + len(relaxed))
            await until(lambda: all_ended(database, wanted), within=120)
    for endpoint, secret in (*ordered, *relaxed):
        path = urlsplit(endpoint.url).path
        verify(found, path, secret)
        deliveries = await list_deliveries(database.drafts, endpoint.id, size=1000)
        assert sorted(str(each.event) for each in deliveries) == sorted(events)
        assert {each.state for each in deliveries} == {"dead" if path in ("/cut", "/never") else "done"}
        assert set(in_order(found, path)) == set(events)
    assert in_order(found, "/well") == events
    assert in_order(found, "/slow") == events


async def of(database: Database, endpoint: Endpoint) -> Delivery:
    """Its only delivery."""
    (delivery,) = await list_deliveries(database.drafts, endpoint.id)
    return delivery


async def test_each_attempt_is_in_the_log(database: Database, database_url: str, tmp_path: Path) -> None:
    """With its status or why there was none, and what was answered; a redirect is not followed."""
    async with receiver(tmp_path) as found, worker(database_url):
        endpoint, _ = await make(database, found, "/wrong")
        await happen(database, 1)
        await until(lambda: all_ended(database, 1))
        delivery = await of(database, endpoint)
        attempts = await list_attempts(database.drafts, delivery.id)
    assert (delivery.state, delivery.attempts) == ("done", 4)
    assert [each.status for each in attempts] == [500, 302, None, 204]
    assert attempts[0].response == "fail"
    assert attempts[2].error is not None
    assert not found.received("/well")


async def test_gone_disables(database: Database, database_url: str, tmp_path: Path) -> None:
    """After 410 there is no further request; what waited is dead, and the audit log says why."""
    async with receiver(tmp_path) as found, worker(database_url):
        endpoint, _ = await make(database, found, "/gone", is_ordered=True)
        await happen(database, 3)

        async def is_disabled() -> bool:
            return (await Endpoints(database).find(endpoint.id)).disabled_at is not None

        await until(is_disabled)
        await until(lambda: all_ended(database, 0))
    assert len(found.received("/gone")) == 1
    assert set(await states(database)) == {"dead"}
    audit = await database.drafts.fetch("SELECT action FROM masthead.audit ORDER BY at")
    assert [row["action"] for row in audit] == ["webhook.create", "webhook.disable"]


async def test_a_secret_that_was_rotated_signs_too(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """The one before it, for a day: receivers that know either take the request."""
    async with receiver(tmp_path) as found, worker(database_url):
        endpoint, old = await make(database, found, "/well")
        new = await Endpoints(database).rotate(endpoint.id, ORIGIN)
        newest = await Endpoints(database).rotate(endpoint.id, ORIGIN)
        await happen(database, 1)
        await until(lambda: all_ended(database, 1))
    (request,) = found.received("/well")
    verify(found, "/well", new)
    verify(found, "/well", newest)
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    assert old not in (new, newest)
