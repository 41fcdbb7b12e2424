"""How the queue stands, for metrics."""

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.store import Reader

_STATE = """
SELECT entrypoint AS kind, count(*) FILTER (WHERE status = 'queued') AS waiting,
    count(*) FILTER (WHERE status = 'picked') AS running, count(*) FILTER (WHERE status = 'failed') AS failed,
    coalesce(extract(epoch FROM now() - min(execute_after) FILTER (WHERE status = 'queued')), 0)::float8
        AS behind
FROM masthead.job GROUP BY entrypoint ORDER BY entrypoint
"""

_RAN = "SELECT kind, outcome, number FROM masthead.job_count ORDER BY kind, outcome"


@dataclass(frozen=True, slots=True)
class KindState:
    """Jobs of one kind, by state; `behind`: seconds that the oldest which is due has waited."""

    waiting: int
    running: int
    failed: int
    behind: float


@dataclass(frozen=True, slots=True)
class QueueState:
    """By kind how its jobs stand; by kind and outcome how many runs have ended so, ever."""

    kinds: Mapping[str, KindState]
    ran: Mapping[tuple[str, str], int]


async def read_queue_state(reader: Reader) -> QueueState:
    """As the tables have it: the same whichever process asks."""
    kinds = {
        row["kind"]: KindState(row["waiting"], row["running"], row["failed"], max(row["behind"], 0.0))
        for row in await reader.fetch(_STATE)
    }
    ran = {(row["kind"], row["outcome"]): row["number"] for row in await reader.fetch(_RAN)}
    return QueueState(kinds, ran)
