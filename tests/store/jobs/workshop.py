"""Workers for tests: in this process, and as processes that can be killed."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from masthead.jobs import Handler, Handlers, Job, JobRun, enqueue, wake_workers
from masthead.jobs.working import Worker
from masthead.store import Database

TABLES = """
CREATE TABLE public.run (job bigint NOT NULL, attempt integer NOT NULL, process integer NOT NULL);
CREATE TABLE public.effect (name text PRIMARY KEY)
"""
"""What the handlers of `worker_process` write: each run, and each effect once."""


@asynccontextmanager
async def working(database: Database, handlers: Handlers, patience: float = 20.0) -> AsyncIterator[None]:
    """A worker runs while the block lasts."""
    worker = Worker(database, handlers, patience=timedelta(seconds=patience), grace=0.3)
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@asynccontextmanager
async def worker_process(url: str, patience: int = 1) -> AsyncIterator[Process]:
    """`tests.store.jobs.worker_process` on that database, killed at the end if it lives. Its jobs are
    another's after that many seconds without a heartbeat."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.jobs.worker_process", url, str(patience)
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def give(database: Database, *jobs: Job) -> None:
    """Enqueue, and wake."""
    async with database.transaction() as transaction:
        await enqueue(transaction, jobs)
    await wake_workers(database)


async def until(holds: Callable[[], Awaitable[bool]], within: float = 60.0) -> None:
    """Wait for what must come to hold."""
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110 - tables tell nobody
            await asyncio.sleep(0.02)


async def until_empty(database: Database) -> None:
    """Wait until no job waits or runs, but for what runs at intervals."""

    async def is_empty() -> bool:
        return not await database.drafts.fetch(
            "SELECT FROM masthead.job WHERE status <> 'failed' AND execute_after < now() + interval '60 s'"
        )

    await until(is_empty)


async def until_run(notebook: "Notebook", times: int = 1) -> None:
    """Wait until it has run so often."""

    async def has_run() -> bool:
        return len(notebook.runs) >= times

    await until(has_run)


class Notebook:
    """A handler that writes down its runs, and does what it was told for each."""

    def __init__(self, *does: Callable[[JobRun], Awaitable[None]]) -> None:
        self.runs: list[JobRun] = []
        self._does = list(does)

    async def __call__(self, run: JobRun) -> None:
        """The next thing that was told; nothing more when that is over."""
        self.runs.append(run)
        if self._does:
            await self._does.pop(0)(run)

    @property
    def attempts(self) -> list[int]:
        """The attempt of each run."""
        return [run.attempt for run in self.runs]

    def handler(self, **how: object) -> Handler:
        """It, with pauses that no test waits for."""
        return Handler(self, **{"first_pause": timedelta(milliseconds=10), **how})  # type: ignore[arg-type]  # a test says them right
