"""Enqueueing in the caller's transaction: a job is there when, and only when, that has committed."""

from collections.abc import Iterable
from contextlib import suppress

import orjson

from masthead.jobs.job import Job
from masthead.store import FAILURES, JOBS, Database, Transaction

_ENQUEUE = """
WITH added AS (
    INSERT INTO masthead.job AS job
        (priority, entrypoint, payload, execute_after, dedupe_key, headers, status)
    SELECT 0, kind, payload, coalesce(run_at, now()), key,
        CASE WHEN key IS NOT NULL THEN jsonb_build_object('key', key) END, 'queued'
    FROM unnest($1::text[], $2::bytea[], $3::timestamptz[], $4::text[])
        WITH ORDINALITY AS job (kind, payload, run_at, key, place)
    ORDER BY place
    -- The row that has the key is locked in any case: it is not begun, nor ended, before we commit.
    ON CONFLICT (dedupe_key) WHERE status = ANY (ARRAY['queued', 'picked']::masthead.job_status[])
        AND dedupe_key IS NOT NULL
    DO UPDATE SET headers = coalesce(job.headers, '{}') || '{"again": true}' WHERE job.status = 'picked'
    RETURNING id, entrypoint, priority, xmax = 0 AS is_new
)
INSERT INTO masthead.job_log (job_id, status, entrypoint, priority)
SELECT id, 'queued', entrypoint, priority FROM added WHERE is_new
"""


async def enqueue(transaction: Transaction, jobs: Iterable[Job]) -> None:
    """Add jobs. Call `wake_workers` after the commit: without it they begin up to a second later."""
    found = _one_a_key(jobs)
    if found:
        await transaction.execute(
            _ENQUEUE,
            [each.kind for each in found],
            [orjson.dumps(each.payload) for each in found],
            [each.run_at for each in found],
            [each.key for each in found],
        )


async def wake_workers(database: Database) -> None:
    """Tell the workers that there is something to do. After the commit; that it fails is no failure."""
    with suppress(*FAILURES):
        await database.notify(JOBS)


def _one_a_key(jobs: Iterable[Job]) -> list[Job]:
    """In order; those with keys last and by their keys, so that two transactions lock them in one order."""
    keyed: dict[str, Job] = {}
    free: list[Job] = []
    for job in jobs:
        if job.key is None:
            free.append(job)
        else:
            keyed.setdefault(job.key, job)
    return [*free, *(keyed[key] for key in sorted(keyed))]
