"""A publication with somebody who listens: everything that an API process has, in this one."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.store.content.commands.desk import MODEL, Desk

from masthead.access import ANONYMOUS, Policies, Viewer
from masthead.events import EventFeed, Relay
from masthead.events.coherence import Coherence
from masthead.graphql import Documents, Engine
from masthead.graphql.live import EntryEvents, LiveQueries, Streams
from masthead.graphql.live.mailbox import Mailbox, Payload
from masthead.graphql.request import Parameters
from masthead.query import Executed
from masthead.store import Change, Database

PATIENCE = 20.0
"""Seconds within which whatever is waited for must be there, on a busy machine too."""


@dataclass
class Listener:
    """One operation of one client, and all that it has heard."""

    mailbox: Mailbox
    noticed: asyncio.Event
    heard: list[Payload] = field(default_factory=list)
    read: int = 0

    def fetch(self) -> list[Payload]:
        """Take what is there."""
        found = self.mailbox.drain()
        self.heard += found
        return found

    async def next(self) -> Any:
        """The next payload, as JSON."""
        async with asyncio.timeout(PATIENCE):
            while self.read == len(self.heard) and not self.fetch():
                await self.noticed.wait()
                self.noticed.clear()
        self.read += 1
        return json.loads(self.heard[self.read - 1].body)

    async def until(self, is_there: Callable[[Any], bool]) -> Any:
        """The first payload that is so."""
        while not is_there(found := await self.next()):
            pass
        return found


@dataclass
class House:
    """`changes` are those that live queries were told of, in order; `executed` are the statements that were
    counted by operation."""

    desk: Desk
    engine: Engine
    queries: LiveQueries
    events: EntryEvents
    streams: Streams
    changes: list[Change | None] = field(default_factory=list)
    executed: list[Executed] = field(default_factory=list)

    async def listen(
        self,
        document: str,
        variables: dict[str, Any] | None = None,
        viewer: Viewer = ANONYMOUS,
        last: str | None = None,
    ) -> Listener:
        """Begin an operation."""
        noticed = asyncio.Event()
        asked = Parameters(document, variables, None)
        return Listener(await self.streams.open(asked, viewer, noticed.set, last), noticed)

    async def told(self, count: int) -> None:
        """Return when live queries were told of so many changes, and have asked what they had to."""
        async with asyncio.timeout(PATIENCE):
            while len(self.changes) < count or self.queries.is_asking:  # noqa: ASYNC110 - as a client would
                await asyncio.sleep(0.005)


@asynccontextmanager
async def open_house(
    database: Database, policies: Policies | None = None, longest: int = 1_000
) -> AsyncIterator[House]:
    """Everything runs until the block ends."""
    await database.open_public(size=3)
    await database.open_editorial(size=2)
    executed: list[Executed] = []
    engine = Engine(
        MODEL,
        database.public,
        observe=executed.append,
        policies=policies or Policies(MODEL),
        editorial=database.editorial,
    )
    feed, coherence = EventFeed(database, poll=0.05), Coherence(database)
    queries = LiveQueries(engine.finished)
    events = EntryEvents(feed, database.drafts, MODEL, engine.finished, longest)
    streams = Streams(engine, Documents(), queries, events, MODEL)
    house = House(Desk.at(database), engine, queries, events, streams, executed=executed)
    coherence.subscribe(queries.on_change)
    coherence.subscribe(house.changes.append)
    running = [
        asyncio.create_task(each)
        for each in (feed.run(), events.run(), coherence.run(), Relay(database).run())
    ]
    try:
        async with asyncio.timeout(PATIENCE):
            while coherence.applied is None:  # noqa: ASYNC110 - it has no event for this
                await asyncio.sleep(0.005)
        house.changes.clear()
        yield house
    finally:
        await queries.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
