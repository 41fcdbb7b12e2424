"""The log of jobs, some weeks of it."""

from datetime import datetime, timedelta

from masthead.store import Database

KEPT = timedelta(days=14)
"""How long what a job went through can be read after it."""

_FORGET = """
DELETE FROM masthead.job_log WHERE id IN (
    SELECT id FROM masthead.job_log AS log WHERE created < $1
        AND NOT EXISTS (SELECT FROM masthead.job WHERE job.id = log.job_id AND job.status = 'failed')
    ORDER BY created LIMIT 5000
) RETURNING id
"""


async def forget_log(database: Database, now: datetime) -> int:
    """Remove some lines that are older than that, and not of a job that has failed; how many."""
    return len(await database.drafts.fetch(_FORGET, now - KEPT))
