"""The library's statements, with what we need beside: a worker writes only what is still its own.

A worker that was stopped for longer than the others wait for its heartbeat has lost its jobs. What it
then says of them, when it goes on, must not touch what another is doing: each statement asks for the owner.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal

import orjson
import structlog
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Job, TracebackRecord
from pgqueuer.domain.types import JOB_STATUS, JobId, QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter

from masthead.jobs.handling import Handlers, Progress
from masthead.jobs.working.driver import AGAIN, StoreDriver
from masthead.jobs.working.settling import Ending, settle
from masthead.store import FAILURES, Database, queue_settings

log = structlog.get_logger("masthead.jobs")

_COUNT = (
    "UPDATE masthead.job SET attempts = attempts + 1 WHERE id = ANY($1::bigint[]) AND queue_manager_id = $2"
)

_BEAT = """
UPDATE masthead.job SET heartbeat = now() WHERE id = ANY($1::bigint[]) AND queue_manager_id = $2 RETURNING id
"""

_NEXT = """
SELECT min(due.execute_after) - now() AS eta
FROM unnest($1::text[]) AS wanted (kind) CROSS JOIN LATERAL (
    SELECT execute_after FROM masthead.job WHERE status = 'queued' AND entrypoint = kind
    ORDER BY execute_after LIMIT 1
) AS due
"""

# `later` counts the runs that ended by a RetryJob: they are not among those that a job has.
# The row may be locked by who enqueues with its key: they are waited for, and what they want is what the
# next run does, so it is not asked for once more.
_AGAIN = """
WITH again AS (
    UPDATE masthead.job SET status = 'queued', execute_after = now() + $3::interval, updated = now(),
        queue_manager_id = NULL, attempts = attempts - CASE $5 WHEN 'interrupted' THEN 1 ELSE 0 END,
        headers = coalesce(headers, '{}') - 'again' - 'progress' || CASE $5 WHEN 'later'
            THEN jsonb_build_object('later', coalesce((headers ->> 'later')::int, 0) + 1) ELSE '{}' END
    WHERE id = $1 AND queue_manager_id = $2 AND status = 'picked'
    RETURNING id, entrypoint, priority
), counted AS (
    INSERT INTO masthead.job_count AS counted (kind, outcome, number) SELECT entrypoint, $5, 1 FROM again
    ON CONFLICT (kind, outcome) DO UPDATE SET number = counted.number + 1
)
INSERT INTO masthead.job_log (job_id, status, entrypoint, priority, traceback)
SELECT id, 'queued', entrypoint, priority, $4::jsonb FROM again
"""

_PROGRESS = """
UPDATE masthead.job SET headers = coalesce(headers, '{}') || jsonb_build_object('progress', $3::jsonb)
WHERE id = $1 AND queue_manager_id = $2
"""

_PERIODIC = """
INSERT INTO masthead.job AS job (priority, entrypoint, payload, dedupe_key, headers, status)
SELECT 0, kind, '{}', 'every:' || kind, jsonb_build_object('key', 'every:' || kind), 'queued'
FROM unnest($1::text[], $2::interval[]) AS periodic (kind, every) ORDER BY kind
ON CONFLICT (dedupe_key) WHERE status = ANY (ARRAY['queued', 'picked']::masthead.job_status[])
    AND dedupe_key IS NOT NULL
DO NOTHING
"""

_SOONER = """
UPDATE masthead.job SET execute_after = now() + periodic.every
FROM unnest($1::text[], $2::interval[]) AS periodic (kind, every)
WHERE dedupe_key = 'every:' || kind AND status = 'queued' AND execute_after > now() + periodic.every
"""


class Queue(Queries):
    """The queue as one worker sees it. `on_lost` is told which jobs it ran are another's now, or nobody's;
    `endings` says of jobs that are to run again why, where that is not because they failed."""

    def __init__(self, database: Database, handlers: Handlers) -> None:
        settings = queue_settings()
        self._store = StoreDriver(database)
        super().__init__(
            self._store,
            QueryBuilderEnvironment(settings),
            QueryQueueBuilder(settings),
            QuerySchedulerBuilder(settings),
        )
        self._database = database
        self._handlers = handlers
        self._owner: QueueManagerId | None = None
        self.on_lost: Callable[[Sequence[int]], None] = _is_lost
        self.endings: dict[int, Literal["later", "interrupted"]] = {}

    async def keep_periodic(self) -> None:
        """See that what is to run at intervals is in the queue, none later than its interval says."""
        periodic = {kind: each.every for kind, each in self._handlers.items() if each.every is not None}
        for statement in (_PERIODIC, _SOONER):
            await self.driver.fetch(statement, list(periodic), list(periodic.values()))

    async def dequeue(
        self,
        batch_size: int,
        entrypoints: dict[QueueEntrypoint, EntrypointExecutionParameter],
        queue_manager_id: QueueManagerId,
        global_concurrency_limit: int | None,
        heartbeat_timeout: timedelta,
    ) -> list[Job]:
        """Take jobs. The attempt is counted as it begins, so that one that kills its worker counts, too."""
        self._owner = queue_manager_id
        try:
            jobs = await super().dequeue(
                batch_size, entrypoints, queue_manager_id, global_concurrency_limit, heartbeat_timeout
            )
            if jobs:
                await self.driver.execute(_COUNT, [each.id for each in jobs], self._owner)
        except FAILURES as error:
            log.warning("jobs.interrupted", error=str(error), again_in=AGAIN)
            await asyncio.sleep(AGAIN)
            return []
        for each in jobs:
            each.attempts += 1
        return jobs

    async def eligible_queued_work(self, entrypoints: list[QueueEntrypoint]) -> int:  # noqa: ARG002 - theirs
        """Answered by `next_deferred_eta`: one statement for three."""
        return 0

    async def queued_work(self, entrypoints: list[QueueEntrypoint]) -> int:  # noqa: ARG002 - theirs
        """Answered by `next_deferred_eta`."""
        return 0

    async def next_deferred_eta(self, entrypoints: list[QueueEntrypoint]) -> timedelta | None:
        """How long until a job is due; less than nothing for what is due already."""
        try:
            rows = await self.driver.fetch(_NEXT, entrypoints)
        except FAILURES:
            return timedelta(seconds=AGAIN)
        eta = rows[0]["eta"]
        return eta if isinstance(eta, timedelta) else None

    async def update_heartbeat(self, job_ids: list[JobId]) -> None:
        """Say that they are being done. What is ours no longer is given up."""
        asked = set(job_ids)
        rows = await self.driver.fetch(_BEAT, list(asked), self._owner)
        lost = asked - {row["id"] for row in rows}
        if lost:
            self.on_lost(sorted(lost))

    async def retry_job(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Put it back. Where that does not succeed it is found by its heartbeat, which has ended."""
        try:
            await self.driver.execute(
                _AGAIN,
                job.id,
                self._owner,
                delay,
                None if traceback_record is None else traceback_record.model_dump_json(),
                self.endings.pop(job.id, "retried"),
            )
        except FAILURES as error:
            log.warning("jobs.not_put_back", job=job.id, error=str(error))
        self._store.wake()

    async def log_jobs(self, job_status: list[tuple[Job, JOB_STATUS, TracebackRecord | None]]) -> None:
        """Say how runs have ended. One that was cancelled has no row any more."""
        endings = [
            Ending(
                job.id,
                status == "successful",
                None if traceback is None else traceback.model_dump_json(),
                self._handlers[job.entrypoint].every,
            )
            for job, status, traceback in job_status
            if status != "canceled"
        ]
        try:
            await settle(self._database, self._owner, endings)
        except FAILURES as error:
            log.warning("jobs.not_settled", jobs=len(endings), error=str(error))
            raise  # the library keeps them, and tries again
        self._store.wake()

    async def note_progress(self, job: int, progress: Progress) -> None:
        """Write how far it is, for who looks. Not worth failing for."""
        said = {"done": progress.done, "total": progress.total, "note": progress.note[:200]}
        try:
            await self.driver.execute(_PROGRESS, job, self._owner, orjson.dumps(said).decode())
        except FAILURES as error:
            log.warning("jobs.progress_not_written", job=job, error=str(error))


def _is_lost(jobs: Sequence[int]) -> None:
    log.warning("jobs.lost", jobs=jobs)
