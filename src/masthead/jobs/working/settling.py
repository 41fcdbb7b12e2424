"""How runs have ended, some at once: what is done goes, what has failed stays to be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from masthead.store import Database

# Locked before anything is decided: who enqueues with the key of one of them is waited for, or waits.
_LOCK = """
SELECT id, coalesce(headers ? 'again', false) AS is_wanted FROM masthead.job
WHERE id = ANY($1::bigint[]) AND queue_manager_id = $2 AND status = 'picked'
ORDER BY id FOR UPDATE
"""

_SETTLE = """
WITH ended AS (
    SELECT * FROM unnest($1::bigint[], $2::boolean[], $3::jsonb[], $4::interval[])
        AS ended (id, is_done, traceback, pause)
), gone AS (
    DELETE FROM masthead.job USING ended
    WHERE job.id = ended.id AND is_done AND pause IS NULL
    RETURNING job.id, entrypoint, priority
), waiting AS (
    UPDATE masthead.job SET status = 'queued', execute_after = now() + pause, updated = now(), attempts = 0,
        queue_manager_id = NULL, headers = headers - 'again' - 'progress' - 'later'
    FROM ended WHERE job.id = ended.id AND pause IS NOT NULL
    RETURNING job.id, entrypoint, priority
), failed AS (
    UPDATE masthead.job SET status = 'failed', updated = now(), queue_manager_id = NULL
    FROM ended WHERE job.id = ended.id AND NOT is_done AND pause IS NULL
    RETURNING job.id, entrypoint, priority
), told AS (
    INSERT INTO masthead.job_log (job_id, status, entrypoint, priority, traceback)
    SELECT id, CASE WHEN is_done THEN 'successful' WHEN pause IS NULL THEN 'failed' ELSE 'exception'
        END::masthead.job_status, entrypoint, priority, traceback
    FROM ended JOIN (TABLE gone UNION ALL TABLE waiting UNION ALL TABLE failed) AS job USING (id)
    RETURNING entrypoint, status
)
INSERT INTO masthead.job_count AS counted (kind, outcome, number)
SELECT entrypoint, CASE status WHEN 'successful' THEN 'done' ELSE 'failed' END AS outcome, count(*)
FROM told GROUP BY 1, 2 ORDER BY 1, 2  -- in one order: two workers do not wait for each other in a circle
ON CONFLICT (kind, outcome) DO UPDATE SET number = counted.number + excluded.number
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run of a job ended: done, or with a traceback as JSON. `every`: how soon it runs again."""

    job: int
    is_done: bool
    traceback: str | None
    every: timedelta | None


async def settle(database: Database, owner: UUID | None, endings: Sequence[Ending]) -> None:
    """Write what became of jobs that are still the owner's. One that was enqueued again while it ran, by its
    key, runs once more at once, whatever became of it."""
    if not endings:
        return
    async with database.transaction() as transaction:
        rows = await transaction.fetch(_LOCK, [each.job for each in endings], owner)
        is_wanted = {row["id"]: row["is_wanted"] for row in rows}
        ours = [each for each in endings if each.job in is_wanted]
        if ours:
            await transaction.execute(
                _SETTLE,
                [each.job for each in ours],
                [each.is_done for each in ours],
                [each.traceback for each in ours],
                [timedelta(0) if is_wanted[each.job] else each.every for each in ours],
            )
