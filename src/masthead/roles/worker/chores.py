"""What is removed from time to time, some rows at once: keys, sessions and links that have expired,
revisions that the publication does not keep, old events, and the log of jobs. Each is a job that runs at
intervals."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from masthead.content.commands import forget_keys
from masthead.content.history import prune, read_retention
from masthead.events import keep_events
from masthead.jobs import Handler, Handlers, JobRun, forget_log
from masthead.kernel import utc_now
from masthead.kernel.settings import Settings
from masthead.people import forget_expired
from masthead.store import Database, forget_changes
from masthead.webhooks import forget_deliveries

log = structlog.get_logger("masthead.worker")

EVERY = timedelta(hours=1)
"""How often a chore is done, where SOONER does not name it."""

SOONER: Mapping[str, timedelta] = {"changes": timedelta(minutes=5)}
"""Chores that an hour is too long for."""

Chore = Callable[[datetime], Awaitable[int]]
"""Removes some of what is of no use at a moment; tells how much it was. Done again until that is nothing."""


def chores(database: Database, settings: Settings) -> Mapping[str, Chore]:
    """What there is to do, by name."""
    retention = read_retention(settings.keep_revisions)
    return {
        "idempotency_keys": partial(forget_keys, database),
        "sessions_and_links": partial(forget_expired, database),
        "revisions": partial(prune, database, retention),
        "job_log": partial(forget_log, database),
        "events": partial(keep_events, database, settings.event_days),
        "webhooks": partial(forget_deliveries, database, settings.webhook_days),
        "changes": partial(forget_changes, database),
    }


def chore_handlers(all_chores: Mapping[str, Chore]) -> Handlers:
    """As jobs: each once an hour among all workers, and again after a minute when it fails."""
    return {f"chore.{name}": _handler(name, chore) for name, chore in all_chores.items()}


def _handler(name: str, chore: Chore) -> Handler:
    async def handle(run: JobRun) -> None:
        await do_chore(name, chore, tell=run.progress)

    return Handler(
        handle,
        every=SOONER.get(name, EVERY),
        first_pause=timedelta(minutes=1),
        longest=timedelta(minutes=30),
    )


async def do_chore(
    name: str,
    chore: Chore,
    clock: Callable[[], datetime] = utc_now,
    tell: Callable[[int], Awaitable[None]] | None = None,
) -> int:
    """Do it until nothing is left to do; the number of rows, of which `tell` hears as it goes on."""
    removed = 0
    while found := await chore(clock()):
        removed += found
        if tell is not None:
            await tell(removed)
    if removed:
        log.info("chore.done", chore=name, removed=removed)
    return removed
