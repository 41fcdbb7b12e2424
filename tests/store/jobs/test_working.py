"""A worker: what it does with what handlers say."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from masthead.jobs import Handler, Handlers, Job, JobRun, enqueue, wake_workers
from masthead.jobs.working import Worker
from masthead.store import Database

SOON = timedelta(milliseconds=20)


@asynccontextmanager
async def working(database: Database, handlers: Handlers, patience: float = 20.0) -> AsyncIterator[None]:
    """A worker runs while the block lasts."""
    worker = Worker(database, handlers, patience=timedelta(seconds=patience), grace=0.5)
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(holds: Callable[[], Awaitable[bool]], within: float = 30.0) -> None:
    """Wait for what must come to hold."""
    async with asyncio.timeout(within):
        while not await holds():
            await asyncio.sleep(0.02)


async def give(database: Database, *jobs: Job) -> None:
    """Enqueue, and wake."""
    async with database.transaction() as transaction:
        await enqueue(transaction, jobs)
    await wake_workers(database)


async def states(database: Database) -> list[tuple[str, str]]:
    """Kinds and states of the jobs that are there."""
    rows = await database.drafts.fetch("SELECT entrypoint, status::text FROM masthead.job ORDER BY id")
    return [(row["entrypoint"], row["status"]) for row in rows]


async def test_a_job_is_done_and_gone(database: Database) -> None:
    """With what was enqueued, as the first attempt."""
    runs: list[JobRun] = []

    async def greet(run: JobRun) -> None:
        runs.append(run)

    async with working(database, {"greet": Handler(greet)}):
        await give(database, Job("greet", {"name": "Ada"}, key="ada"))

        async def is_over() -> bool:
            return bool(runs) and await states(database) == []

        await until(is_over)
    (run,) = runs
    assert (run.kind, run.payload, run.key, run.attempt) == ("greet", {"name": "Ada"}, "ada", 1)
