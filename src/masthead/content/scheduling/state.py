"""How schedules stand as a whole: what monitoring asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from masthead.store import Reader

_STATE = """
SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
    count(*) FILTER (WHERE state = 'pending' AND due <= $1) AS overdue,
    extract(epoch FROM $1 - min(due) FILTER (WHERE state = 'pending' AND due <= $1))::float8 AS behind,
    count(*) FILTER (WHERE state = 'done' AND NOT is_late) AS done,
    count(*) FILTER (WHERE state = 'done' AND is_late) AS late,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
    extract(epoch FROM max(ran_at))::float8 AS last_run
FROM masthead.schedule
"""


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """How many are `pending`, and of them `overdue`, the oldest of these by `behind` seconds; how many are
    over, by how they ended; when the last one ran (seconds since 1970, 0 for never)."""

    pending: int
    overdue: int
    behind: float
    over: Mapping[str, int]
    last_run: float


async def read_schedule_state(reader: Reader, now: datetime) -> ScheduleState:
    """As the table has it: the same whichever process asks."""
    (row,) = await reader.fetch(_STATE, now)
    over = {name: row[name] for name in ("done", "late", "failed", "cancelled")}
    return ScheduleState(row["pending"], row["overdue"], row["behind"] or 0.0, over, row["last_run"] or 0.0)
