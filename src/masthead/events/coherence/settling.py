"""Acknowledging a change: when every process that answers from memory has reacted to it.

Whoever takes a lease reads the changes after that, and answers from memory for less than `LENGTH` from the
moment before. So a process that has not reacted to a change holds a lease from before its commit: when that
much time has passed since, by the clock of this process alone, nobody does any more, whatever the database
could be asked; earlier it is so when no lease is of a process that is behind. The database's clock, which
can be set, is not asked. Who was not heard of all that time is taken off the list, or everybody would wait
for the dead again and again.
"""

import asyncio

import structlog

from masthead.events.coherence.lease import boot_time
from masthead.kernel import MastheadError
from masthead.store import CHANGES, FAILURES, Database

log = structlog.get_logger("masthead.events")

LENGTH = 1.0
"""Seconds that a lease runs."""

_NOW = """
SELECT g.number, l.process FROM live._generation AS g LEFT JOIN masthead.lease AS l ON l.applied < g.number
"""

_BEHIND = "SELECT count(*) AS behind FROM masthead.lease WHERE applied < $1"

_REMOVE = "DELETE FROM masthead.lease WHERE applied < $1"

_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.02

_PATIENCE = 0.2
"""Seconds that taking the silent off the list may take: it is only for those who come later."""


async def settled(database: Database) -> None:
    """Return when no process answers from memory as if what this one has committed had not been. Call it
    after the commit and before anybody is told of it. It takes little more than `LENGTH` at most, and
    never fails."""
    end = boot_time() + LENGTH
    settling = _Settling(database)
    looking = asyncio.create_task(settling.look())
    try:
        # Timers of an event loop may be early by as much as its turn takes, so this clock decides.
        while not (looking.done() and looking.result()) and (left := end - boot_time()) > 0:
            await (asyncio.sleep(left) if looking.done() else asyncio.wait({looking}, timeout=left))
    finally:
        looking.cancel()  # not waited for: where the connection is cut that would never end
    if not settling.is_settled:
        log.warning("coherence.waited_for_leases", processes=settling.behind)
        await asyncio.wait({asyncio.create_task(settling.remove())}, timeout=_PATIENCE)


class _Settling:
    """One waiting: for processes that are `behind` the change with a number, or a later one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number: int | None = None
        self.behind: list[str] = []
        self.is_settled = False

    async def look(self) -> bool:
        """Whether nobody is behind, as soon as it is so; no, where the database does not answer."""
        reader = self._database.drafts
        try:
            self._database.wake(CHANGES)
            rows = await reader.fetch(_NOW)
            self._number = rows[0]["number"]
            self.behind = [str(row["process"]) for row in rows if row["process"] is not None]
            behind, pause = len(self.behind), _FIRST_PAUSE
            while behind:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                behind = (await reader.fetch(_BEHIND, self._number))[0]["behind"]
            self.is_settled = True
        except (MastheadError, *FAILURES) as error:
            log.warning("coherence.unseen", error=str(error))
        return self.is_settled

    async def remove(self) -> None:
        """Take those off the list who are behind still. None of them has a lease: who had taken it since
        would have read the change first, and said so."""
        if self._number is None:
            return
        try:
            await self._database.drafts.fetch(_REMOVE, self._number)
        except (MastheadError, *FAILURES) as error:
            log.warning("coherence.not_removed", error=str(error))
