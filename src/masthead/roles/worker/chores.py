"""What is removed from time to time, some rows at once: keys, sessions and links that have expired, and
revisions that the publication does not keep."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

import structlog

from masthead.content.commands import forget_keys
from masthead.content.history import prune, read_retention
from masthead.kernel import MastheadError, utc_now
from masthead.kernel.settings import Settings
from masthead.people import forget_expired
from masthead.store import FAILURES, Database

log = structlog.get_logger("masthead.worker")

EVERY = 3600.0
"""Seconds between two rounds."""

Chore = Callable[[datetime], Awaitable[int]]
"""Removes some of what is of no use at a moment; tells how much it was. Done again until that is nothing."""


def chores(database: Database, settings: Settings) -> Mapping[str, Chore]:
    """What there is to do, by name."""
    retention = read_retention(settings.keep_revisions)
    return {
        "idempotency_keys": partial(forget_keys, database),
        "sessions_and_links": partial(forget_expired, database),
        "revisions": partial(prune, database, retention),
    }


async def keep_house(all_chores: Mapping[str, Chore], clock: Callable[[], datetime] = utc_now) -> None:
    """A round now, and one an hour, until cancelled."""
    while True:
        for name, chore in all_chores.items():
            await do_chore(name, chore, clock)
        await asyncio.sleep(EVERY)


async def do_chore(name: str, chore: Chore, clock: Callable[[], datetime] = utc_now) -> int:
    """Do it until nothing is left to do; the number of rows. What fails is tried again in the next round."""
    removed = 0
    try:
        while found := await chore(clock()):
            removed += found
    except (MastheadError, *FAILURES) as error:
        log.warning("chore.failed", chore=name, removed=removed, error=str(error))
        return removed
    if removed:
        log.info("chore.done", chore=name, removed=removed)
    return removed
