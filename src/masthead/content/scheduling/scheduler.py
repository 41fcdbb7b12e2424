"""Doing what is due, each once: whoever it is that does it, and however often processes die.

One transaction does the change and marks the schedule done; either both are there after a crash or neither.
First the exclusive lock of all commands, then the schedule's row: a second scheduler, or somebody who
cancels, waits at the lock and finds the row as it is then.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import structlog

from masthead.content.commands import SCHEDULES, Commands, hold_entries
from masthead.content.scheduling.due import IS_DUE, NEXT_DUE, Due, claim_due
from masthead.content.scheduling.settling import actor_of, mark_done, mark_failed
from masthead.events.coherence import settled
from masthead.kernel import MastheadError, UnavailableError, utc_now
from masthead.store import FAILURES, Database, Transaction, Wakes, failure

log = structlog.get_logger("masthead.scheduler")

POLL = 1.0
"""Longest that a scheduler sleeps, in seconds: a notification may be lost, and the clock may be set."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A schedule that was run. `postponed`: the database was busy or gone; it is pending as before."""

    schedule: UUID
    state: Literal["done", "failed", "postponed"]
    is_late: bool = False
    code: str | None = None


class Scheduler:
    """Runs what is due. Any number of them may work on one database."""

    def __init__(
        self, database: Database, commands: Commands, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock

    async def run(self) -> None:
        """Do what is due when it is due, until cancelled; first what was due while nobody ran."""
        while True:
            try:
                async with self._database.listening_to(SCHEDULES) as wakes:
                    log.info("scheduler.started", next_due=await self._next_due())
                    while True:
                        await self.step(wakes)
            except Exception as error:  # a connection that breaks as it is used raises the driver's own, too
                is_expected = isinstance(error, (MastheadError, *FAILURES))
                log.warning(
                    "scheduler.interrupted", error=str(error), again_in=POLL, exc_info=not is_expected
                )
                await asyncio.sleep(POLL)

    async def step(self, wakes: Wakes) -> list[Ran]:
        """Do what is due, and wait for what comes next."""
        ran = await self.run_due()
        due = await self._next_due()
        rest = POLL if due is None else (due - self._clock()).total_seconds()
        # What is due and was not done now is somebody else's, or could not be done: not at once again.
        await wakes.wait(min(rest, POLL) if rest > 0 else POLL)
        return ran

    async def run_due(self, now: datetime | None = None) -> list[Ran]:
        """Do everything that is due (at `now`, if it is given), the oldest first. Raises UnavailableError
        when the database does not answer: what was not done is pending."""
        ran: list[Ran] = []
        postponed: list[UUID] = []
        while (each := await self._run_next(now, postponed)) is not None:
            ran.append(each)
            if each.state == "postponed":
                postponed.append(each.schedule)
        return ran

    async def _run_next(self, now: datetime | None, postponed: list[UUID]) -> Ran | None:
        if not await self._database.drafts.fetch(IS_DUE, now or self._clock(), postponed):
            return None
        due: Due | None = None
        try:
            async with self._database.transaction() as transaction:
                await hold_entries(transaction, is_exclusive=True)
                moment = now or self._clock()
                due = await claim_due(transaction, moment, postponed)
                if due is None:  # somebody else was faster
                    return None
                ran, is_live_changed = await self._settle(transaction, due, moment)
        except (UnavailableError, *FAILURES) as error:
            reason = failure(error) if isinstance(error, FAILURES) else error
            if due is None:
                raise reason from error
            log.warning("schedule.postponed", schedule=str(due.id), code=reason.code, **reason.context)
            return Ran(due.id, "postponed", code=reason.code)
        log.info("schedule.ran", schedule=str(due.id), state=ran.state, is_late=ran.is_late, code=ran.code)
        if is_live_changed:
            await settled(self._database)
        return ran

    async def _settle(self, transaction: Transaction, due: Due, now: datetime) -> tuple[Ran, bool]:
        """Do it and mark it; what cannot be done is undone, and marked."""
        try:
            async with transaction.savepoint():
                _, is_live_changed = await self._commands.run_in(transaction, due.command, actor_of(due))
                # What PostgreSQL would only see at the commit must be seen while it can be undone.
                await transaction.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except Exception as error:  # a defect must not hold up all that is due behind it
            reason = _judged(error, due)
            if reason.is_retryable:
                raise reason from error
            if reason.code != "not-public":
                await mark_failed(transaction, due, reason, now)
                return Ran(due.id, "failed", due.is_late(now), reason.code), False
            is_live_changed = False  # what is to be unpublished is not public: so be it
        await mark_done(transaction, due, now)
        return Ran(due.id, "done", due.is_late(now)), is_live_changed

    async def _next_due(self) -> datetime | None:
        rows = await self._database.drafts.fetch(NEXT_DUE)
        found: datetime | None = rows[0]["due"]
        return found


def _judged(error: Exception, due: Due) -> MastheadError:
    if isinstance(error, FAILURES):
        return failure(error)
    if isinstance(error, MastheadError):
        return error
    log.exception("schedule.defect", schedule=str(due.id))
    return MastheadError("internal-error", "A defect of Masthead stopped it.", "The worker's log says more.")
