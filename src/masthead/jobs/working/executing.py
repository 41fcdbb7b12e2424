"""One run of a job: what the handler says becomes what the queue library is told."""

import asyncio
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson
import structlog
from anyio import CancelScope
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job

from masthead.jobs.handling import Handler, JobRun, Progress, RetryJob
from masthead.jobs.working.queue import Queue
from masthead.kernel import MastheadError, utc_now

log = structlog.get_logger("masthead.jobs")

PROGRESS_EVERY = 1.0
"""Seconds between two writings of a job's progress."""


class FailedError(Exception):
    """What the log of the job gets: the error in one line; the traceback has the error itself."""


class Execution(AbstractEntrypointExecutor):
    """Runs the jobs of one kind."""

    def __init__(self, kind: str, handler: Handler, queue: Queue) -> None:
        super().__init__(EntrypointExecutorParameters(concurrency_limit=0, func=_unused, on_failure="hold"))
        self._kind = kind
        self._handler = handler
        self._queue = queue

    async def execute(self, job: Job, context: Context) -> None:
        """Run the handler. Raises RetryRequested for what runs again; else it has failed."""
        try:
            await self._run(job, context.cancellation)
        except RetryJob as later:
            self._queue.endings[job.id] = "later"
            delay = max(later.at - utc_now(), timedelta(0))
            log.info(
                "job.later", job=job.id, kind=self._kind, seconds=delay.total_seconds(), reason=str(later)
            )
            raise RetryRequested(delay, str(later)) from later
        except Exception as error:
            if self._handler.is_last(_counted(job)):
                log.exception("job.failed", job=job.id, kind=self._kind, attempts=job.attempts)
                raise FailedError(said(error)) from error
            delay = _spread(self._handler.pause(_counted(job)))
            log.warning(
                "job.again",
                job=job.id,
                kind=self._kind,
                attempt=job.attempts,
                seconds=delay.total_seconds(),
                error=said(error),
            )
            raise RetryRequested(delay, said(error)) from error
        if self._queue.endings.get(job.id) == "interrupted":
            log.info("job.interrupted", job=job.id, kind=self._kind)
            raise RetryRequested(timedelta(0), "The worker was stopped.")

    async def _run(self, job: Job, scope: CancelScope) -> None:
        if self._handler.is_last(_counted(job) - 1):
            raise MastheadError(
                "job-abandoned",
                "Its worker died in the last of the runs that it has.",
                "The logs of the workers say why; then `masthead jobs retry` it.",
            )
        with scope:
            try:
                async with asyncio.timeout(self._handler.longest.total_seconds()) as bound:
                    await self._handler.handle(self._run_of(job))
            except TimeoutError as error:
                if not bound.expired():
                    raise
                raise MastheadError(
                    "job-too-long", f"It took longer than {self._handler.longest}."
                ) from error

    def _run_of(self, job: Job) -> JobRun:
        written = -PROGRESS_EVERY

        async def tell(progress: Progress) -> None:
            nonlocal written
            now = asyncio.get_running_loop().time()
            if now - written >= PROGRESS_EVERY:
                written = now
                await self._queue.note_progress(job.id, progress)

        headers: Mapping[str, Any] = job.headers or {}
        payload: Mapping[str, Any] = orjson.loads(job.payload or b"{}")
        return JobRun(job.id, self._kind, payload, headers.get("key"), job.attempts, job.created, tell)


def said(error: Exception) -> str:
    """An error in one line."""
    if isinstance(error, MastheadError):
        return str(error)
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _counted(job: Job) -> int:
    """Which of the attempts this is that the job has: those that the handler put off are not among them."""
    return job.attempts - int(str((job.headers or {}).get("later", 0)))


def _spread(pause: timedelta) -> timedelta:
    """What failed together does not come back together."""
    return pause * (800 + secrets.randbelow(401)) / 1000


async def _unused(_: Job) -> None:
    """The library asks for a function; `execute` is what it calls."""
