"""Relays, worker, API, consumers and PostgreSQL are killed at random moments: nothing is lost, or overtakes.

MASTHEAD_TORTURE=1 kills for ten minutes; alone with `MASTHEAD_TORTURE=1 pytest -n0 -s
-o faulthandler_timeout=1500 tests/story/events/test_killed.py`. The seed is printed; MASTHEAD_SEED repeats
it.
"""

import asyncio
import os
import random
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from tests.store.events.running import HANDLED, handled
from tests.store.events.scenario import KILLED, Load, long_transactions, prepare, write_until, written
from tests.store.events.witness import Verdict, judge
from tests.store.people.people_rows import add_account, add_token
from tests.story.events.api_writers import ApiWriter
from tests.story.events.consumer_process import INSIDE, OUTSIDE, told
from tests.story.events.house import House

from masthead.events import EventFeed, LaggedError, StoredEvent, read_event_state
from masthead.kernel import utc_now
from masthead.store import Database, open_database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
SECONDS = float(os.environ.get("MASTHEAD_TORTURE_SECONDS", "600")) if IS_TORTURE else 15.0
PAUSES = (0.3, 4.0) if IS_TORTURE else (0.3, 1.5)
LOAD = Load(writers=8, transactions=1_000_000, entries=30, longest=0.05)
SCOPES = ("read", "create", "change")
PATIENCE = 90
"""Seconds after which what is left would never be done."""


class Follower:
    """In this process, which nobody kills: it follows whatever the server goes through."""

    def __init__(self) -> None:
        self.events: list[StoredEvent] = []

    async def run(self, feed: EventFeed) -> None:
        """From where it was, each time."""
        while True:
            with suppress(LaggedError, *KILLED):
                async for events in feed.follow(self.events[-1].position if self.events else 0):
                    self.events += events


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """Not in pytest's folder: that is for its own user only, and the server may run as another one."""
    seed = int(os.environ.get("MASTHEAD_SEED", random.randrange(2**32)))
    print(f"MASTHEAD_SEED={seed}")  # noqa: T201 - shown with a failure, to repeat it
    folder = Path(tempfile.mkdtemp(prefix="masthead-story-"))
    made = House(folder, _free_port(), seed)
    try:
        await made.open()
        yield made
    finally:
        await made.close()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_no_event_is_lost_whoever_dies(house: House) -> None:
    """Lost 0, inverted 0; effects inside PostgreSQL once, outside at least once; what was acknowledged over
    HTTP is there, once."""
    await prepare(house.url)
    async with open_database(house.url, size=4) as database:
        async with database.transaction() as transaction:
            await transaction.execute(HANDLED)
        account = await add_account(database, roles=["owner"])
        _, token = await add_token(database, account, *SCOPES, days=9999)
        house.start()
        follower = Follower()
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=house.address, headers=headers, timeout=10) as client:
            writers = [ApiWriter(client, number) for number in range(4)]
            await _live(house, database, follower, writers)
        await _judge(house, database, follower, writers)


async def _live(house: House, database: Database, follower: Follower, writers: list[ApiWriter]) -> None:
    feed, over = EventFeed(database, poll=0.2), asyncio.Event()
    lasting = [asyncio.create_task(each) for each in (house.keep(), feed.run(), follower.run(feed))]
    writing = [asyncio.create_task(each.run(over)) for each in writers]
    writing.append(asyncio.create_task(write_until(house.url, LOAD, over)))
    try:
        async with long_transactions(house.url):
            await house.torment(SECONDS, PAUSES)
            over.set()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*writing)
        async with asyncio.timeout(PATIENCE):
            await _all_done(database, follower)
    finally:
        for task in (*lasting, *writing):
            task.cancel()
        await asyncio.gather(*lasting, *writing, return_exceptions=True)


async def _all_done(database: Database, follower: Follower) -> None:
    """Nothing waits for the relay, and everybody has seen everything; also who was killed before it began."""
    while True:
        with suppress(*KILLED):
            state = await read_event_state(database.drafts, utc_now())
            seen = follower.events[-1].position if follower.events else 0
            is_everybody_there = {INSIDE, OUTSIDE} <= state.behind.keys() and not any(state.behind.values())
            if not state.pending and seen == state.position and is_everybody_there:
                return
        await asyncio.sleep(0.1)


async def _judge(house: House, database: Database, follower: Follower, writers: list[ApiWriter]) -> None:
    truth = await written(house.url)
    outside = house.handed_over.read_text().splitlines()
    found = judge(truth, outside)
    acknowledged = sum(len(each.acknowledged) for each in writers)
    print(f"{dict(house.killed)}: {len(truth)} events, {acknowledged} by HTTP, {found.duplicates} twice")  # noqa: T201
    assert judge(truth, [each.data["tag"] for each in told(follower.events)]) == Verdict(0, 0, 0, 0)
    assert judge(truth, await handled(database)) == Verdict(0, 0, 0, 0)
    assert found.is_right
    positions = [each.position for each in follower.events]
    assert positions == list(range(1, len(positions) + 1))
    rows = await database.drafts.fetch("SELECT count(*) AS number FROM masthead.event")
    assert rows[0]["number"] == len(positions)
    for each in writers:
        assert _revisions(follower, each.entry) == each.acknowledged


def _revisions(follower: Follower, entry: str) -> list[str]:
    """What its events say of an entry's revisions, in order: with an event of each, once."""
    mine = [each for each in follower.events if each.entry == UUID(entry)]
    numbers = [each.data["number"] for each in mine]
    assert numbers == list(range(1, len(numbers) + 1))
    return [str(each.revision) for each in mine]
