"""The worker role as a process: the scheduler, the jobs and the relay of events, until a signal."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from masthead.content.commands import Commands
from masthead.content.scheduling import Scheduler
from masthead.events import Relay
from masthead.jobs.working import Worker
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.roles.purging import keep_purging
from masthead.roles.sinks import keep_sinks
from masthead.roles.source import source_of
from masthead.roles.standing import require_model, require_url, until_stopped
from masthead.roles.worker.handlers import all_handlers
from masthead.store import FAILURES, Database, open_database
from masthead.webhooks import keep_expanding

log = structlog.get_logger("masthead.worker")

LOOK_EVERY = 1.0
"""Seconds between two looks whether another model is in force."""

_DIGEST = "SELECT digest FROM masthead.applied_model ORDER BY number DESC LIMIT 1"


async def serve_worker(settings: Settings) -> None:
    """Do what is due, and the jobs that wait, until SIGTERM or SIGINT. Any number may run.

    Raises InputError without DATABASE_URL, UnavailableError when the database is not there or empty.
    """
    async with open_database(require_url(settings, "worker"), size=8) as database:
        model = await require_model(database)
        await until_stopped(_work(database, model, settings))
    log.info("worker.stopped")


async def _work(database: Database, model: ContentModel, settings: Settings) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_keep_jobs(database, settings))
        group.create_task(_keep_schedule(database, model))
        group.create_task(Relay(database).run())
        group.create_task(keep_sinks(database, model, settings))
        group.create_task(keep_expanding(database, source_of(database, model)))
        group.create_task(keep_purging(database, settings))


async def _keep_jobs(database: Database, settings: Settings) -> None:
    # The queue's connections are its own: no heartbeat waits for one behind the handlers.
    async with open_database(require_url(settings, "worker"), size=3) as own:
        worker = Worker(
            own,
            all_handlers(database, settings),
            at_once=settings.jobs_at_once,
            patience=timedelta(seconds=settings.jobs_patience),
        )
        await worker.run()


async def _keep_schedule(database: Database, model: ContentModel) -> None:
    """A scheduler of the model that is in force; another one when that changes."""
    while True:
        async with asyncio.TaskGroup() as group:
            running = group.create_task(Scheduler(database, Commands(database, model)).run())
            await _model_changes(database, model.digest)
            running.cancel()
        model = await require_model(database)
        log.info("worker.model_changed", digest=model.digest)


async def _model_changes(database: Database, digest: str) -> None:
    """Return when another model is in force than the one with this digest."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        with suppress(*FAILURES):  # the scheduler says that the database does not answer
            rows = await database.drafts.fetch(_DIGEST)
            if rows and rows[0]["digest"] != digest:
                return
