"""Acknowledging a change: when every process that answers from memory has reacted to it.

A lease is good for `LENGTH` from the moment before it was asked for, and whoever asks for one reads the
changes after that. So a process that has not reacted to a change holds a lease from before its commit. When
that much time has passed since the commit nobody does any more, whatever could be asked of the database;
earlier it is so when no lease that still runs is of a process that is behind.
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
SELECT number, (SELECT count(*) FROM masthead.lease WHERE expires_at > clock_timestamp() AND applied < number)
    AS behind
FROM live._generation
"""

_BEHIND = """
SELECT count(*) AS behind FROM masthead.lease WHERE expires_at > clock_timestamp() AND applied < $1
"""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.02


async def settled(database: Database) -> None:
    """Return when no process answers from memory as if what this one has committed had not been. Call it
    after the commit and before anybody is told of it. It takes at most `LENGTH`, and never fails."""
    end = boot_time() + LENGTH
    try:
        async with asyncio.timeout(LENGTH):
            database.wake(CHANGES)
            now = (await database.drafts.fetch(_NOW))[0]
            behind, pause = now["behind"], _FIRST_PAUSE
            while behind:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                behind = (await database.drafts.fetch(_BEHIND, now["number"]))[0]["behind"]
    except (TimeoutError, MastheadError, *FAILURES) as error:
        log.warning("coherence.waits_for_leases", error=str(error) or "somebody is behind")
        await asyncio.sleep(max(0.0, end - boot_time()))
