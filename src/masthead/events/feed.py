"""The feed of a process: every event once, as soon as it has its position, for any number of followers.

It reads once for all of them. What a follower asks for that came before is read for it alone.
"""

import asyncio
from collections.abc import AsyncIterator

import structlog

from masthead.events.follower import EventsGoneError, Follower
from masthead.events.stored import EVENTS, StoredEvent, head_position, read_events
from masthead.kernel import MastheadError
from masthead.store import FAILURES, Database, Wakes

log = structlog.get_logger("masthead.events")

PAGE = 500
"""Events in one statement."""


class EventFeed:
    """Tells of events while `run` runs. One for each process."""

    def __init__(self, database: Database, *, poll: float = 1.0, longest: int = 5_000) -> None:
        """`poll`: seconds between two looks when no notification comes; `longest`: events that a follower
        may be behind."""
        self._reader = database.drafts
        self._database = database
        self._poll = poll
        self._longest = longest
        self._position: int | None = None
        self._is_known = asyncio.Event()
        self._followers: set[Follower] = set()

    @property
    def position(self) -> int | None:
        """Of the last event that was told; None before the database has answered for the first time."""
        return self._position

    async def run(self) -> None:
        """Tell of what happens, until cancelled. While the database does not answer nothing is told, and
        nothing is left out when it does again."""
        while True:
            try:
                async with self._database.listening_to(EVENTS) as wakes:
                    await self._tell(wakes)
            except Exception as error:  # a connection that breaks as it is used raises the driver's own, too
                is_expected = isinstance(error, (MastheadError, *FAILURES))
                log.warning("feed.interrupted", error=str(error), exc_info=not is_expected)
                await asyncio.sleep(min(self._poll, 0.5))

    async def ready(self) -> int:
        """The position of the last event that was told, once the database has answered for the first time."""
        await self._is_known.wait()
        return self._now()

    async def follow(self, after: int | None) -> AsyncIterator[list[StoredEvent]]:
        """The events behind a position, None: from now on, in batches that are not empty.

        Raises LaggedError when the reader does not keep up, EventsGoneError when events behind that position
        are not kept any more.
        """
        now = await self.ready()
        follower = Follower(self._longest)
        try:
            last = now if after is None else after
            while last < self._now():
                events = await self._past(last)
                last = events[-1].position
                yield events
            # From here to the first `take` nothing else runs: no event is between what was read and those.
            self._followers.add(follower)
            while True:
                events = [each for each in await follower.take() if each.position > last]
                if events:
                    yield events
        finally:
            self._followers.discard(follower)

    async def _tell(self, wakes: Wakes) -> None:
        if self._position is None:
            self._position = await head_position(self._reader)
            self._is_known.set()
        while True:
            while events := await read_events(self._reader, self._position, PAGE):
                self._position = events[-1].position
                for each in self._followers:
                    each.put(events)
            await wakes.wait(self._poll)

    def _now(self) -> int:
        if self._position is None:
            raise AssertionError("the feed does not run")
        return self._position

    async def _past(self, after: int) -> list[StoredEvent]:
        events = await read_events(self._reader, after, PAGE)
        if not events or events[0].position != after + 1:
            raise EventsGoneError(
                "events-gone",
                f"Events behind position {after} are not kept any more.",
                "Read the present state, and follow from now on.",
            )
        return events
