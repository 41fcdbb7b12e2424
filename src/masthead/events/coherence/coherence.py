"""What a process with caches knows of the changes: it lets go of what they touch before others are told.

The order is everything. A renewal first has the database know the lease, and reads the changes after that;
only when there is none it has not reacted to may this process answer from memory until the lease ends. A
change that commits before the lease is known is among what is read; one that commits later waits for it.
(Decision 21 has the argument, and tests/unit/events/coherence goes through every interleaving.)
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from masthead.events.coherence.lease import Clock, Lease, boot_time
from masthead.events.coherence.settling import LENGTH
from masthead.kernel import MastheadError
from masthead.store import CHANGES, FAILURES, Change, Database, Sole, Wakes, newest_change, read_changes

log = structlog.get_logger("masthead.events")

Listener = Callable[[Change | None], None]
"""Told of each change, in order, before anybody is told that it is done; None: of any number of changes that
nobody knows. Must not raise and not wait."""

RENEW = 0.4
"""Seconds after which a lease that is used is renewed."""

RETRY = 0.2
"""Seconds before another try when the database does not answer."""

POLL = 1.0
"""Seconds between two looks for changes of a process that answers nothing from memory."""


class Coherence:
    """One for each process with caches; it knows nothing before `run` runs."""

    def __init__(
        self, database: Database, *, length: float = LENGTH, clock: Clock = boot_time, is_leased: bool = True
    ) -> None:
        """Without `is_leased` nobody waits for this process, which is wrong, and is there to show that it
        matters: tests of the checker take it away."""
        self._database = database
        self._lease = Lease(length, clock)
        self._clock = clock
        self._is_leased = is_leased
        self._listeners: list[Listener] = []
        self._is_used = False
        self._waiting: asyncio.Future[None] | None = None
        self._wakes: Wakes | None = None
        self._server: str | None = None
        self.applied: int | None = None
        """The number of the newest change that was reacted to; None while nothing is known."""

    def subscribe(self, listener: Listener) -> None:
        """Tell it of every change."""
        self._listeners.append(listener)

    def is_fresh(self) -> bool:
        """Whether what is in memory is good now. Ask before each answer, and answer without waiting."""
        self._is_used = True
        return self._clock() < self._lease.ends or not self._is_leased

    async def ensure(self, patience: float = 0.25) -> bool:
        """Whether what is in memory is good; where the lease has ended, after trying to take it again."""
        if self.is_fresh():
            return True
        if self._waiting is None:
            self._waiting = asyncio.get_running_loop().create_future()
            if self._wakes is not None:
                self._wakes.notice()
        try:
            async with asyncio.timeout(patience):
                await asyncio.shield(self._waiting)
        except TimeoutError:
            return False
        return self._lease.is_running

    async def knows_all(self) -> bool:
        """Whether nothing has been committed that this process has not reacted to. What was fetched by
        several statements asks this at its end: then each change between them has been told of."""
        try:
            return await newest_change(self._database.drafts) == self.applied
        except (MastheadError, *FAILURES):
            return False

    async def run(self) -> None:
        """React to changes until cancelled. While the database does not answer the lease is not renewed."""
        while True:
            try:
                async with self._database.sole(CHANGES) as session:
                    await self._begin(session)
                    self._wakes = session.wakes
                    try:
                        while True:
                            await self._step(session)
                    except asyncio.CancelledError:
                        await self._leave(session)
                        raise
            except Exception as error:  # a connection that breaks as it is used raises the driver's own, too
                is_expected = isinstance(error, (MastheadError, *FAILURES, TimeoutError))
                log.warning("coherence.interrupted", error=str(error), exc_info=not is_expected)
                await asyncio.sleep(RETRY)
            finally:
                self._wakes = None
                self._answer()

    async def _begin(self, session: Sole) -> None:
        """Where this process stands in this database, which may not be the one that it was: a server that
        was started anew may have lost what was seen of it (a standby that took over, a backup)."""
        server = await session.fetch_value("SELECT pg_postmaster_start_time()::text")
        if self.applied is None or server != self._server:
            self._lease.end()
            newest = await newest_change(session)
            self._tell(None)
            self.applied, self._server = newest, server

    async def _step(self, session: Sole) -> None:
        is_wanted = self._is_leased and (self._is_used or self._waiting is not None)
        self._is_used = False
        if is_wanted:
            await self._renew(session)
        elif await self._catch_up(session):
            # Nobody asks this process any more, so it lets its lease end; who waits for it need not.
            await self._lease.note(session, self._known())
        if self._waiting is None:
            await session.wakes.wait(RENEW if is_wanted else POLL)

    async def _renew(self, session: Sole) -> None:
        await self._catch_up(session)
        while True:
            await self._lease.take(session, self._known())
            if not await self._catch_up(session):
                break
        self._lease.confirm()
        self._answer()

    async def _catch_up(self, session: Sole) -> bool:
        """React to what has changed; whether anything had."""
        changes = await read_changes(session, self._known())
        if changes is None:
            newest = await newest_change(session)
            self._tell(None)
            self.applied = newest
            return True
        for change in changes:
            self._tell(change)
            self.applied = change.number
        return bool(changes)

    async def _leave(self, session: Sole) -> None:
        """This process ends: the next change need not wait for it."""
        self._lease.end()
        with suppress(MastheadError, *FAILURES, TimeoutError):
            async with asyncio.timeout(RETRY):
                await self._lease.give_up(session)

    def _known(self) -> int:
        if self.applied is None:
            raise AssertionError("_begin comes first")
        return self.applied

    def _tell(self, change: Change | None) -> None:
        for listener in self._listeners:
            listener(change)

    def _answer(self) -> None:
        """Let those go on who wait for the lease; they look for themselves whether it runs."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.set_result(None)
