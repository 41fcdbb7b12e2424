"""Rows of schedules, as commands write them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from masthead.content.commands.entry_rows import plain_id
from masthead.content.commands.turn import Turn
from masthead.kernel import NotFoundError, new_id
from masthead.store import FAILURES, Database

SCHEDULES = "masthead_schedules"
"""The channel that is notified, after the commit, when something is scheduled."""

_INSERT = """
INSERT INTO masthead.schedule
    (id, due, action, entry_id, release_id, revision_id, state, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8)
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to happen: to an entry, or to all of a release."""

    due: datetime
    action: str
    entry: UUID | None = None
    release: UUID | None = None
    revision: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a schedule stands."""

    id: UUID
    state: str
    due: datetime
    action: str
    entry: UUID | None
    release: UUID | None


async def wake_schedulers(database: Database) -> None:
    """Tell them, after the commit, to look when the next one is due; they look by themselves every second."""
    with suppress(*FAILURES):
        await database.notify(SCHEDULES)


async def add_schedule(turn: Turn, planned: Planned) -> UUID:
    """A pending schedule, which the turn's outcome names."""
    key = new_id()
    await turn.transaction.execute(
        _INSERT,
        key,
        planned.due,
        planned.action,
        planned.entry,
        planned.release,
        planned.revision,
        turn.actor.origin.account,
        turn.now,
    )
    turn.schedule = key
    turn.detail.setdefault("schedules", []).append(str(key))
    return key


async def read_schedule(turn: Turn, key: UUID) -> Standing:
    """A schedule, whatever became of it. Raises NotFoundError."""
    rows = await turn.transaction.fetch(
        "SELECT state, due, action, entry_id, release_id FROM masthead.schedule WHERE id = $1", key
    )
    if not rows:
        raise schedule_unknown(key)
    row = rows[0]
    entry, release = row["entry_id"], row["release_id"]
    return Standing(
        key,
        row["state"],
        row["due"],
        row["action"],
        None if entry is None else plain_id(entry),
        None if release is None else plain_id(release),
    )


async def cancel_schedule(turn: Turn, key: UUID) -> None:
    """Take back a pending schedule."""
    await turn.transaction.execute("UPDATE masthead.schedule SET state = 'cancelled' WHERE id = $1", key)


async def cancel_schedules_of(turn: Turn, release: UUID) -> list[str]:
    """Take back every pending schedule of a release that is no longer open; their ids."""
    rows = await turn.transaction.fetch(
        "UPDATE masthead.schedule SET state = 'cancelled' "
        "WHERE release_id = $1 AND state = 'pending' RETURNING id",
        release,
    )
    return sorted(str(row["id"]) for row in rows)


def schedule_unknown(key: UUID) -> NotFoundError:
    """Also for one of what the actor may not know of."""
    return NotFoundError(
        "schedule-unknown",
        f"There is no schedule {key}.",
        "Check the id; what it was about may have been deleted.",
    )
