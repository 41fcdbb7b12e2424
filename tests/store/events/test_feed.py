"""The feed of a process: from any position, bounded for each follower."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from masthead.events import (
    Event,
    EventFeed,
    EventsGoneError,
    LaggedError,
    Relay,
    StoredEvent,
    head_position,
    record,
)
from masthead.kernel import utc_now
from masthead.store import Database

PATIENCE = 60


@asynccontextmanager
async def running(database: Database, feed: EventFeed) -> AsyncIterator[None]:
    """The relay and the feed, at work."""
    tasks = [asyncio.create_task(each) for each in (Relay(database).run(), feed.run())]
    try:
        async with asyncio.timeout(PATIENCE):
            await feed.ready()
            yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def happen(database: Database, number: int) -> None:
    """So many events, in one transaction, with their positions."""
    head = await head_position(database.drafts)
    async with database.transaction() as transaction:
        events = [Event("content.entry.saved.v1") for _ in range(number)]
        await record(transaction, events, [], utc_now())
    while await head_position(database.drafts) < head + number:  # noqa: ASYNC110 - the relay does it
        await asyncio.sleep(0.005)


async def told(feed: EventFeed, position: int) -> None:
    """Return once the feed has come so far."""
    while feed.position != position:  # noqa: ASYNC110 - it tells followers, and none is there
        await asyncio.sleep(0.005)


async def take(source: AsyncIterator[list[StoredEvent]], number: int) -> list[int]:
    """The positions of the next events."""
    found: list[int] = []
    while len(found) < number:
        found += positions(await anext(source))
    return found


def positions(events: Sequence[StoredEvent]) -> list[int]:
    """Where they are."""
    return [each.position for each in events]


async def test_followers_begin_where_they_say(database: Database) -> None:
    """At the beginning, in the middle, or now; and what comes then comes to all."""
    feed = EventFeed(database, poll=0.05)
    async with running(database, feed):
        await happen(database, 600)
        await told(feed, 600)
        early, middle, late = feed.follow(0), feed.follow(550), feed.follow(None)
        assert await take(early, 600) == list(range(1, 601))
        assert await take(middle, 50) == list(range(551, 601))
        next_ones = [asyncio.ensure_future(take(each, 3)) for each in (early, middle, late)]
        await asyncio.sleep(0)  # the last one begins to follow
        await happen(database, 3)
        for each in next_ones:
            assert await each == [601, 602, 603]


async def test_a_position_that_is_not_told_yet_is_waited_for(database: Database) -> None:
    """Another process may have been faster: nothing comes twice."""
    feed = EventFeed(database, poll=0.05)
    async with running(database, feed):
        following = asyncio.ensure_future(take(feed.follow(2), 1))
        await happen(database, 1)
        await happen(database, 1)
        await happen(database, 1)
        assert await following == [3]


async def test_a_follower_that_does_not_read_is_ended(database: Database) -> None:
    """The others go on; it can go on where it was."""
    feed = EventFeed(database, poll=0.05, longest=10)
    async with running(database, feed):
        slow, quick = feed.follow(None), feed.follow(None)
        first = [asyncio.ensure_future(take(each, 1)) for each in (slow, quick)]
        await asyncio.sleep(0)
        await happen(database, 1)
        assert [await each for each in first] == [[1], [1]]
        for number in range(3):
            await happen(database, 5)
            assert await take(quick, 5) == [2 + 5 * number + each for each in range(5)]
        with pytest.raises(LaggedError):
            await anext(slow)
        assert await take(feed.follow(1), 15) == list(range(2, 17))


async def test_what_is_not_kept_any_more_is_said_to_be_gone(database: Database) -> None:
    """Rather than left out without a word."""
    feed = EventFeed(database, poll=0.05)
    async with running(database, feed):
        await happen(database, 5)
        async with database.transaction() as transaction:
            await transaction.execute("DELETE FROM masthead.event WHERE position < 3")
        await told(feed, 5)
        with pytest.raises(EventsGoneError, match="behind position 0"):
            await anext(feed.follow(0))
        assert await take(feed.follow(2), 3) == [3, 4, 5]
