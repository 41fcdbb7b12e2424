"""The worker role as a process: the scheduler and the jobs, until a signal."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog

from masthead.content.commands import Commands
from masthead.content.scheduling import Scheduler
from masthead.jobs.working import Worker
from masthead.kernel import InputError, UnavailableError
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.roles.worker.handlers import all_handlers
from masthead.store import FAILURES, Database, open_database, read_applied_model

log = structlog.get_logger("masthead.worker")

LOOK_EVERY = 1.0
"""Seconds between two looks whether another model is in force."""

_DIGEST = "SELECT digest FROM masthead.applied_model ORDER BY number DESC LIMIT 1"


async def serve_worker(settings: Settings) -> None:
    """Do what is due, and the jobs that wait, until SIGTERM or SIGINT. Any number may run.

    Raises InputError without DATABASE_URL, UnavailableError when the database is not there or empty.
    """
    if settings.database_url is None:
        raise InputError(
            "setting-missing",
            "The worker role needs DATABASE_URL.",
            "Set it to a PostgreSQL 15 to 18, or use `masthead up`, which brings its own.",
        )
    async with open_database(settings.database_url.get_secret_value(), size=8) as database:
        model = await _require_model(database)
        await _until_stopped(_work(database, model, settings))
    log.info("worker.stopped")


async def _require_model(database: Database) -> ContentModel:
    model = await read_applied_model(database)
    if model is None:
        raise UnavailableError(
            "database-empty",
            "There is no publication in this database yet.",
            "Run `masthead import DIR` with the same DATABASE_URL first.",
        )
    return model


async def _work(database: Database, model: ContentModel, settings: Settings) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_keep_jobs(database, settings))
        group.create_task(_keep_schedule(database, model))


async def _keep_jobs(database: Database, settings: Settings) -> None:
    worker = Worker(
        database,
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
        model = await _require_model(database)
        log.info("worker.model_changed", digest=model.digest)


async def _model_changes(database: Database, digest: str) -> None:
    """Return when another model is in force than the one with this digest."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        with suppress(*FAILURES):  # the scheduler says that the database does not answer
            rows = await database.drafts.fetch(_DIGEST)
            if rows and rows[0]["digest"] != digest:
                return


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
