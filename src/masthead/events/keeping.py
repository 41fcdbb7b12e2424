"""How long events are kept: a partition for each day (UTC), made before it comes, dropped when it is old.

Each step waits for its lock for a moment only: what waits for a lock of the whole table makes all writers
wait behind it. What could not be done is done in the next round.
"""

from datetime import UTC, date, datetime, timedelta

import structlog

from masthead.store import Database, Transaction, event_tables

log = structlog.get_logger("masthead.events")

_BRIEFLY = "SET LOCAL lock_timeout = '200ms'"

_PARTITIONS = """
SELECT c.relname AS name FROM pg_catalog.pg_inherits AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'masthead.event'::regclass ORDER BY c.relname
"""
_BETWEEN = "SELECT EXISTS (SELECT FROM masthead.event_default WHERE id >= $1 AND id < $2)"
_SOME_OLD = """
DELETE FROM masthead.event_default WHERE id IN (
    SELECT id FROM masthead.event_default WHERE id < $1 AND position IS NOT NULL ORDER BY id LIMIT 1000
)
"""


async def keep_events(database: Database, days: int, now: datetime) -> int:
    """Make the partitions of the days to come, and drop what is older than `days`; the number of what was
    dropped, partitions or rows. An event without a position is never dropped. Raises the driver's errors
    where a lock was not to be had."""
    today = now.astimezone(UTC).date()
    there = await _days(database)
    for number in range(event_tables.AHEAD + 1):
        day = today + timedelta(days=number)
        if day not in there:
            await _make(database, day)
    oldest = today - timedelta(days=days)
    dropped = [await _drop(database, day) for day in sorted(there) if day < oldest]
    async with database.transaction() as transaction:
        removed = await transaction.execute(_SOME_OLD, event_tables.first_id(oldest))
    return sum(dropped) + int(removed.split()[-1])


async def _days(database: Database) -> set[date]:
    rows = await database.drafts.fetch(_PARTITIONS)
    names = (row["name"].removeprefix("event_") for row in rows)
    return {datetime.strptime(name, "%Y%m%d").date() for name in names if name.isdecimal()}  # noqa: DTZ007 - a day


async def _make(database: Database, day: date) -> None:
    """Where there are rows of that day already (no worker has run for a week), they stay where they are."""
    next_day = day + timedelta(days=1)
    async with database.transaction() as transaction:
        await transaction.execute(_BRIEFLY)
        bounds = (event_tables.first_id(day), event_tables.first_id(next_day))
        if not await transaction.fetch_value(_BETWEEN, *bounds):
            for statement in event_tables.partition(day):
                await transaction.execute(statement)


async def _drop(database: Database, day: date) -> int:
    name = event_tables.partition_name(day)
    async with database.transaction() as transaction:
        await transaction.execute(_BRIEFLY)
        # Whoever writes into it has it locked: from here on nobody does.
        await transaction.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
        if await _is_pending(transaction, name):
            log.warning("events.pending", partition=name, consequence="it is kept")
            return 0
        await transaction.execute(f"DROP TABLE {name}")
    log.info("events.dropped", partition=name)
    return 1


async def _is_pending(transaction: Transaction, name: str) -> bool:
    statement = f"SELECT EXISTS (SELECT FROM {name} WHERE position IS NULL)"  # noqa: S608 - a name made of a day
    return bool(await transaction.fetch_value(statement))
