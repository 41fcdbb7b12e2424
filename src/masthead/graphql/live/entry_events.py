"""`subscription { entryChanged }`: the feed of events, told to each viewer as far as it sees the entries.

The feed is followed once. What several clients ask alike is read once; what they ask by one plan is read in
one statement, for all events that came together.
"""

import asyncio
from collections.abc import Iterator, Sequence

import structlog

from masthead.events import EventFeed, EventsGoneError, LaggedError, StoredEvent, head_position, read_events
from masthead.graphql.errors import mistake, public
from masthead.graphql.live.entry_watch import EntryMailbox, EntryWatch, Wanted, bodies
from masthead.graphql.live.mailbox import Wake
from masthead.graphql.live.query_group import Finish
from masthead.graphql.standing import Standing
from masthead.kernel import MastheadError
from masthead.model import ContentModel
from masthead.store import Reader

log = structlog.get_logger("masthead.graphql")

PAGE = 500
"""Events that are read at a time for who has missed some."""

RETRY = 1.0
"""Seconds before the feed is followed again when something went wrong."""


class EntryEvents:
    """Of one process. `reader` reads events; `longest` is how many may wait for a client."""

    def __init__(
        self, feed: EventFeed, reader: Reader, model: ContentModel, finish: Finish, longest: int = 1_000
    ) -> None:
        self._feed = feed
        self._reader = reader
        self._model = model
        self._finish = finish
        self._longest = longest
        self._position = 0
        self._watches: dict[object, EntryWatch] = {}
        self._is_following = asyncio.Event()
        self.statements = 0

    def __len__(self) -> int:
        return sum(len(each.listeners) for each in self._watches.values())

    async def run(self) -> None:
        """Tell of events until cancelled."""
        while True:
            try:
                self._position = await head_position(self._reader)
                self._is_following.set()
                async for events in self._feed.follow(self._position):
                    await self._tell(events)
            except (LaggedError, EventsGoneError, MastheadError) as error:
                log.warning("live.feed_lost", code=error.code)
                self._lose(error)
            except Exception:
                log.exception("live.crashed")
                self._lose(None)
            await asyncio.sleep(RETRY)

    async def listen(self, standing: Standing, wanted: Wanted, wake: Wake, since: int | None) -> EntryMailbox:
        """The mailbox of a client, with what came behind `since` where that is given. Raises InputError and
        EventsGoneError."""
        await self._is_following.wait()
        watch = EntryWatch(standing, wanted, self._model)
        known = self._watches.get(watch.key, watch)
        mailbox = EntryMailbox(wake, self._longest, known, self._forget)
        if since is not None:
            await self._catch_up(known, mailbox, since)
        # Between the last look at the position and this nothing else runs.
        known = mailbox.watch = self._watches.setdefault(known.key, known)
        known.listeners.add(mailbox)
        return mailbox

    async def _catch_up(self, watch: EntryWatch, mailbox: EntryMailbox, since: int) -> None:
        last = min(since, self._position)
        while last < self._position:
            events = await read_events(self._reader, last, PAGE)
            if events and events[0].position != last + 1:
                raise EventsGoneError(
                    "events-gone",
                    f"Events behind position {since} are not kept any more.",
                    "Read the present state, and listen from now on.",
                )
            if not events:
                raise AssertionError("the newest event is always kept")
            last = events[-1].position
            for position, body in (await self._read([watch], events))[watch]:
                if not mailbox.tell(position, body):
                    return
        mailbox.last = last

    async def _tell(self, events: Sequence[StoredEvent]) -> None:
        """Those who come while something is read for others are told of the same events."""
        done: dict[EntryWatch, list[tuple[int, bytes]]] = {}
        while waiting := [each for each in self._watches.values() if each not in done]:
            done |= await self._read(waiting, events)
        for watch, told in done.items():
            for mailbox in [*watch.listeners]:
                for position, body in told:
                    mailbox.tell(position, body)
        self._position = events[-1].position

    async def _read(
        self, watches: Sequence[EntryWatch], events: Sequence[StoredEvent]
    ) -> dict[EntryWatch, list[tuple[int, bytes]]]:
        """What each is told of the events, with their positions."""
        found: dict[EntryWatch, list[tuple[int, bytes]]] = {each: [] for each in watches}
        for group in _by_plan(watches):
            self.statements += await bodies(group, events, self._finish, found)
        return found

    def _forget(self, watch: EntryWatch, mailbox: EntryMailbox) -> None:
        watch.listeners.discard(mailbox)
        if not watch.listeners and self._watches.get(watch.key) is watch:
            del self._watches[watch.key]

    def _lose(self, error: MastheadError | None) -> None:
        """Nobody knows what was missed: clients begin again, from where they were. Who has heard nothing yet
        has no position of its own, so the reason brings one."""
        self._is_following.clear()
        told = public(error) if error else mistake("LIVE_INTERRUPTED", "Events were missed.", "Begin again.")
        for watch in [*self._watches.values()]:
            for mailbox in [*watch.listeners]:
                mailbox.interrupt(told, self._position)


def _by_plan(watches: Sequence[EntryWatch]) -> Iterator[list[EntryWatch]]:
    groups: dict[tuple[int, int], list[EntryWatch]] = {}
    for each in watches:
        groups.setdefault((id(each.standing.plan), id(each.standing.reader)), []).append(each)
    yield from groups.values()
