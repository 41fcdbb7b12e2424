"""What people do with jobs: run them now, also such as have failed, and take them back."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import orjson

from masthead.jobs.enqueueing import enqueue, wake_workers
from masthead.jobs.job import Job
from masthead.kernel import utc_now
from masthead.store import FAILURES, JOBS, Database, Transaction

# One that has failed does not come back beside a younger one of its key, which does the same.
_RETRY = """
WITH again AS (
    UPDATE masthead.job AS job SET status = 'queued', execute_after = now(), updated = now(),
        attempts = CASE status WHEN 'failed' THEN 0 ELSE attempts END,
        headers = headers - 'again' - 'progress' - 'later'
    WHERE id = ANY($1::bigint[]) AND (status = 'queued' OR status = 'failed' AND NOT EXISTS (
        SELECT FROM masthead.job AS twin
        WHERE twin.dedupe_key = job.dedupe_key AND twin.id <> job.id AND twin.status IN ('queued', 'picked')
    ))
    RETURNING id, entrypoint, priority
)
INSERT INTO masthead.job_log (job_id, status, entrypoint, priority)
SELECT id, 'queued', entrypoint, priority FROM again RETURNING job_id AS id
"""

_FAILED = """
SELECT DISTINCT ON (coalesce(dedupe_key, id::text)) id FROM masthead.job
WHERE status = 'failed' AND ($1::text IS NULL OR entrypoint = $1)
ORDER BY coalesce(dedupe_key, id::text), id DESC
"""

_WAITING = """
SELECT id FROM masthead.job WHERE dedupe_key = ANY($1::text[]) AND status = 'queued' AND execute_after > now()
"""

_CANCEL = """
WITH gone AS (
    DELETE FROM masthead.job
    WHERE id = ANY($1::bigint[]) AND coalesce(dedupe_key NOT LIKE 'every:%', true)
    RETURNING id, entrypoint, priority
), counted AS (
    INSERT INTO masthead.job_count AS counted (kind, outcome, number)
    SELECT entrypoint, 'cancelled', count(*) FROM gone GROUP BY entrypoint ORDER BY entrypoint
    ON CONFLICT (kind, outcome) DO UPDATE SET number = counted.number + excluded.number
)
INSERT INTO masthead.job_log (job_id, status, entrypoint, priority)
SELECT id, 'canceled', entrypoint, priority FROM gone RETURNING job_id AS id
"""


async def retry_jobs(database: Database, jobs: Sequence[int]) -> list[int]:
    """Run jobs now that have failed, with all their attempts, or that wait. Those for which that was done:
    not one that runs, nor one whose key a younger job has."""
    async with database.transaction() as transaction:
        rows = await transaction.fetch(_RETRY, list(jobs))
    await wake_workers(database)
    return sorted(row["id"] for row in rows)


async def hasten(transaction: Transaction, jobs: Iterable[Job]) -> None:
    """Add jobs that have keys; one that waits with such a key begins now, whenever it was to. In the caller's
    transaction."""
    found = list(jobs)
    await enqueue(transaction, found)
    rows = await transaction.fetch(_WAITING, [each.key for each in found])
    await transaction.fetch(_RETRY, [row["id"] for row in rows])
    transaction.wake(JOBS)


async def retry_failed(database: Database, kind: str | None = None) -> list[int]:
    """Run now what has failed, of one kind or of all; of those with one key the youngest."""
    rows = await database.drafts.fetch(_FAILED, kind)
    return await retry_jobs(database, [row["id"] for row in rows])


async def cancel_jobs(database: Database, jobs: Sequence[int]) -> list[int]:
    """Take jobs back; a run is ended within moments. Those that were there, and do not run at intervals."""
    async with database.transaction() as transaction:
        rows = await transaction.fetch(_CANCEL, list(jobs))
    gone = sorted(row["id"] for row in rows)
    if gone:
        # Heard late or never: the worker sees it when its heartbeat finds no row.
        with suppress(*FAILURES):
            await database.drafts.fetch("SELECT pg_notify($1, $2)", JOBS, _cancelled(gone))
    return gone


def _cancelled(jobs: Sequence[int]) -> str:
    said = {"channel": JOBS, "ids": jobs, "sent_at": utc_now(), "type": "cancellation_event"}
    return orjson.dumps(said).decode()
