"""What is in the queue, for people: what waits, what runs and how far it is, what has failed and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from masthead.jobs.handling import Progress
from masthead.store import Reader

State = Literal["waiting", "running", "failed"]

_LIST = """
WITH page AS (
    SELECT *, row_number() OVER (
        ORDER BY array_position(ARRAY['picked', 'queued', 'failed']::masthead.job_status[], status),
            CASE WHEN status = 'queued' THEN execute_after END, updated DESC, id
    ) AS place
    FROM masthead.job
    WHERE ($1::text IS NULL OR entrypoint = $1)
        AND ($2::text IS NULL OR status = CASE $2 WHEN 'waiting' THEN 'queued' WHEN 'running' THEN 'picked'
            ELSE 'failed' END::masthead.job_status)
    ORDER BY place LIMIT $3
)
SELECT page.id, entrypoint AS kind, dedupe_key AS key, payload, attempts, created, execute_after, headers,
    CASE status WHEN 'queued' THEN 'waiting' WHEN 'picked' THEN 'running' ELSE 'failed' END AS state,
    CASE WHEN attempts > 0 THEN (
        SELECT traceback ->> 'exception_message' FROM masthead.job_log
        WHERE job_id = page.id AND traceback IS NOT NULL ORDER BY created DESC, id DESC LIMIT 1
    ) END AS error
FROM page ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class ListedJob:
    """A job as it stands. `attempts` have begun; `due` is when it runs, or ran; moments are UTC. `error` is
    what the last attempt that failed said."""

    id: int
    kind: str
    key: str | None
    state: State
    payload: Mapping[str, Any]
    attempts: int
    enqueued_at: datetime
    due: datetime
    progress: Progress | None
    error: str | None


async def read_jobs(
    reader: Reader, *, kind: str | None = None, state: State | None = None, size: int = 100
) -> list[ListedJob]:
    """What runs, then what waits, the next first, then what has failed, the newest first."""
    return [_listed(row) for row in await reader.fetch(_LIST, kind, state, size)]


def _listed(row: Mapping[str, Any]) -> ListedJob:
    headers = {} if row["headers"] is None else orjson.loads(row["headers"])
    progress = headers.get("progress")
    return ListedJob(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        state=row["state"],
        payload=orjson.loads(row["payload"] or b"{}"),
        attempts=row["attempts"],
        enqueued_at=row["created"],
        due=row["execute_after"],
        progress=None if progress is None else Progress(**progress),
        error=row["error"] or None,
    )
