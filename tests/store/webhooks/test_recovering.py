"""What an endpoint has not got it gets by `recover`: all of it, and nothing that it has got."""

import asyncio
import random
from datetime import timedelta

import pytest
from tests.store.webhooks.consumed import Consumed
from tests.store.webhooks.post import ORIGIN
from tests.store.webhooks.test_sending import BAD, OK, Post

from masthead.events import first_position_since
from masthead.jobs import RetryJob
from masthead.kernel import InputError, utc_now
from masthead.store import Database
from masthead.webhooks import Endpoint, Endpoints, Reply, Wanted

EVERYTHING = 1
"""The position from which on everything is."""


async def switch(post: Post, endpoint: Endpoint, *, is_enabled: bool) -> Endpoint:
    """Enable or disable it."""
    return await Endpoints(post.database).change(endpoint.id, Wanted(is_enabled=is_enabled), ORIGIN)


async def send_all(post: Post) -> None:
    """Whatever waits is sent once; what fails waits on."""
    for each in await post.deliveries():
        try:
            await post.one(each)
        except RetryJob:
            continue


@pytest.mark.parametrize("is_ordered", [True, False])
async def test_disabled_in_the_middle_enabled_and_recovered(database: Database, is_ordered: bool) -> None:
    """The receiver has got every event, and each once; enabling tells which positions were missed."""
    post = Consumed(database)
    endpoint = await post.endpoint(is_ordered=is_ordered)
    events = await post.tell(3)
    await post.send()
    events += await post.tell(2)  # written, not sent: they become dead letters
    off = await switch(post, endpoint, is_enabled=False)
    events += await post.tell(4)
    assert off.disabled_at is not None
    assert [(gap.first, gap.last, gap.since) for gap in off.missed] == [(6, None, off.disabled_at)]
    on = await switch(post, endpoint, is_enabled=True)
    assert [(gap.first, gap.last) for gap in on.missed] == [(6, 9)]
    events += await post.tell(2)
    await post.send()
    assert post.sent == [*events[:3], *events[9:]]
    found = await post.again.recover(endpoint.id, endpoint.created_at, ORIGIN)
    assert (found.deliveries, found.span.first, found.span.last, found.span.following) == (6, 1, 11, None)
    await post.send()
    assert post.sent == [*events[:3], *events[9:], *events[3:9]]
    assert (await Endpoints(database).find(endpoint.id)).missed == ()
    assert (await post.again.recover(endpoint.id, endpoint.created_at, ORIGIN)).deliveries == 0


async def test_what_was_written_before_it_was_disabled_and_told_after_is_recovered(
    database: Database,
) -> None:
    """From the moment of disabling on: a gap begins where the consumer stood, whatever the clocks say."""
    post = Consumed(database)
    endpoint = await post.endpoint()
    written = await post.write(2)
    off = await switch(post, endpoint, is_enabled=False)
    await post.expand()
    await switch(post, endpoint, is_enabled=True)
    assert off.disabled_at is not None
    assert (await post.again.recover(endpoint.id, off.disabled_at, ORIGIN)).deliveries == 2
    await post.send()
    assert post.sent == written


async def test_a_receiver_that_is_gone_misses_nothing_when_it_comes_back(database: Database) -> None:
    """410 disables: what it has refused, what waited and what came later are all recovered."""
    post = Consumed(database, OK, Reply(410))
    endpoint = await post.endpoint()
    events = await post.tell(4)
    await post.send()
    events += await post.tell(2)
    gone = await Endpoints(database).find(endpoint.id)
    assert (gone.missed[0].first, gone.missed[0].since) == (5, gone.disabled_at)
    with pytest.raises(InputError, match="webhook-disabled"):
        await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)
    await switch(post, endpoint, is_enabled=True)
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 5
    await post.send()
    assert sorted(post.sent[2:]) == sorted(events[1:])


async def test_only_what_is_in_the_time_is_recovered(database: Database) -> None:
    """From its first moment on, before its last; what is left of a gap is still told, and recovered later."""
    post = Consumed(database)
    endpoint = await post.endpoint()
    await switch(post, endpoint, is_enabled=False)
    await post.tell(2)
    begin = utc_now()
    middle = await post.tell(3)
    end = utc_now()
    await post.tell(1)
    on = await switch(post, endpoint, is_enabled=True)
    assert await first_position_since(database.drafts, end + timedelta(days=1)) == 7
    found = await post.again.recover(endpoint.id, begin, ORIGIN, end)
    assert (found.deliveries, found.span.first, found.span.last) == (3, 3, 5)
    await post.send()
    assert post.sent == middle
    left = (await Endpoints(database).find(endpoint.id)).missed
    assert [(gap.first, gap.last, gap.since) for gap in left] == [
        (1, 2, on.missed[0].since),
        (6, 6, on.missed[0].since),
    ]
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 3


async def test_what_it_does_not_want_now_is_not_recovered(database: Database) -> None:
    """Of what it was not told; nor what a replay has sent meanwhile."""
    post = Consumed(database)
    endpoint = await post.endpoint(condition={"mood": "good"})
    await switch(post, endpoint, is_enabled=False)
    await post.tell(2, mood="bad")
    good = await post.tell(2, mood="good")
    await switch(post, endpoint, is_enabled=True)
    await post.again.replay(endpoint.id, 4, 4, ORIGIN)
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 1
    await post.send()
    assert sorted(post.sent) == sorted(good)


@pytest.mark.parametrize("is_ordered", [True, False])
async def test_what_waits_for_its_next_attempt_has_it_now(database: Database, is_ordered: bool) -> None:
    """In its own lane, and its job, which was to run in an hour, runs now."""
    post = Consumed(database, BAD)
    endpoint = await post.endpoint(is_ordered=is_ordered)
    events = await post.tell(2)
    await post.send()
    waiting = "SELECT count(*) AS number FROM masthead.webhook_delivery WHERE due_at > now()"
    assert (await database.drafts.fetch(waiting))[0]["number"] == 1
    await post.put_off_jobs()
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 1
    assert await post.jobs_due() == 1
    await post.send()
    assert sorted(set(post.sent)) == sorted(events)
    assert len(post.sent) == 3


async def test_an_event_that_is_dead_twice_is_sent_once(database: Database) -> None:
    """And one that is dead in one lane and has arrived in another is not sent."""
    post = Consumed(database)
    endpoint = await post.endpoint()
    events = await post.tell(2)
    first, _ = await post.deliveries()
    await post.again.resend(first.id, ORIGIN)
    await switch(post, endpoint, is_enabled=False)
    await switch(post, endpoint, is_enabled=True)
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 2
    await post.send()
    assert (await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)).deliveries == 0
    assert sorted(post.sent) == sorted(events)


@pytest.mark.parametrize("seed", range(3))
async def test_at_any_moment_beside_a_consumer_that_runs(database: Database, seed: int) -> None:
    """Events, batches of the consumer, and switching off and on by chance, beside each other: what was sent
    and what is recovered together are all events, each once."""
    chance = random.Random(seed)
    post = Consumed(database)
    endpoint = await post.endpoint(is_ordered=True)
    events: list[str] = []

    async def consume() -> None:
        for _ in range(25):
            await post.expand(size=chance.randint(1, 4))

    async def turn() -> None:
        for count in range(6):
            await switch(post, endpoint, is_enabled=count % 2 == 1)

    for _ in range(3):
        events += await post.write(chance.randint(3, 12))
        await asyncio.gather(consume(), turn())
        await post.send()
    while await post.expand():
        pass
    await post.again.recover(endpoint.id, EVERYTHING, ORIGIN)
    await post.send()
    assert sorted(post.sent) == sorted(events)
