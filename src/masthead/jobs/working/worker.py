"""The worker: takes jobs, runs them, and says what became of them, until it is cancelled."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import structlog
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.types import Channel, JobId

from masthead.jobs.handling import Handlers
from masthead.jobs.working.executing import Execution
from masthead.jobs.working.queue import Queue
from masthead.store import JOBS, Database

log = structlog.get_logger("masthead.jobs")

POLL = 1.0
"""Longest that a worker sleeps, in seconds: a notification may be lost."""


class Worker:
    """Runs jobs of the kinds that it has handlers for, `at_once` at the same time. Any number of workers may
    run. One that shows no life for `patience` has lost its jobs to the others. When it is cancelled, what
    runs has `grace` seconds to end; then it is interrupted, and runs again elsewhere."""

    def __init__(
        self,
        database: Database,
        handlers: Handlers,
        *,
        at_once: int = 20,
        patience: timedelta = timedelta(seconds=20),
        grace: float = 2.0,
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._at_once = max(2, at_once)
        self._patience = patience
        self._grace = grace

    async def run(self) -> None:
        """Do what there is to do, until cancelled."""
        logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)  # we say it, in our own words
        while True:
            try:
                await self._serve()
            except Exception as error:  # whatever it is, jobs must go on
                log.warning("jobs.interrupted", error=str(error), again_in=POLL, exc_info=True)
                await asyncio.sleep(POLL)

    async def _serve(self) -> None:
        queue = Queue(self._database, self._handlers)
        manager = QueueManager(queue, Channel(JOBS))
        queue.on_lost = partial(_give_up, manager)
        for kind, handler in self._handlers.items():
            manager.register_executor(kind, Execution(kind, handler, queue))
        await queue.keep_periodic()
        log.info("jobs.started", kinds=len(self._handlers), at_once=self._at_once)
        running = asyncio.create_task(self._run(manager))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await self._stop(manager, queue, running)
            raise

    async def _run(self, manager: QueueManager) -> None:
        await manager.run(
            dequeue_timeout=timedelta(seconds=POLL),
            batch_size=self._at_once // 2,
            max_concurrent_tasks=self._at_once,
            heartbeat_timeout=self._patience,
            log_aggregation_interval=timedelta(0),
        )

    async def _stop(self, manager: QueueManager, queue: Queue, running: asyncio.Task[None]) -> None:
        """Take nothing new; wait for what runs, but not for long."""
        manager.shutdown.set()
        await asyncio.wait({running}, timeout=self._grace)
        if not running.done():
            queue.endings.update((job, "interrupted") for job in manager.job_context)
            _give_up(manager, [*manager.job_context])
            await asyncio.wait({running}, timeout=self._grace)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _give_up(manager: QueueManager, jobs: Sequence[int]) -> None:
    for job in jobs:
        if (context := manager.job_context.get(JobId(job))) is not None:
            context.cancellation.cancel()
