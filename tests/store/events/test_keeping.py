"""Events lie in partitions of days, which are made before they come and dropped when they are old."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from masthead.events import Event, keep_events, record
from masthead.store import Database, Transaction, event_tables

TODAY = datetime.now(UTC)
DAY = timedelta(days=1)

_AGE = "UPDATE masthead.event SET id = $1, position = $2"


async def partitions(database: Database) -> list[date]:
    """The days that have one."""
    rows = await database.drafts.fetch(
        "SELECT relname AS name FROM pg_catalog.pg_class WHERE relname ~ '^event_[0-9]{8}$' ORDER BY 1"
    )
    return [datetime.strptime(row["name"], "event_%Y%m%d").replace(tzinfo=UTC).date() for row in rows]


async def happened(transaction: Transaction, ago: timedelta, position: int | None) -> UUID:
    """An event of a day that is over: its id says so."""
    await record(transaction, [Event("content.entry.saved.v1")], [], TODAY)
    key = UUID(int=event_tables.first_id((TODAY - ago).date()).int + 7)
    await transaction.execute(f"{_AGE} WHERE position IS NULL AND created_at = $3", key, position, TODAY)
    return key


async def test_a_week_is_made_before_it_comes(database: Database) -> None:
    """And a second round makes nothing."""
    for _ in range(2):
        assert await keep_events(database, 30, TODAY) == 0
    assert await partitions(database) == [(TODAY + number * DAY).date() for number in range(8)]


async def test_old_days_are_dropped(database: Database) -> None:
    """Those of the last thirty days stay."""
    for ago in (40, 31, 30, 1):
        await keep_events(database, 30, TODAY - ago * DAY)
    assert await keep_events(database, 30, TODAY) > 0
    assert (await partitions(database))[0] == (TODAY - 30 * DAY).date()


async def test_what_has_no_position_is_kept(database: Database) -> None:
    """No relay has run for a month: nothing is lost all the same."""
    await keep_events(database, 30, TODAY - 40 * DAY)
    async with database.transaction() as transaction:
        key = await happened(transaction, 40 * DAY, None)
    await keep_events(database, 30, TODAY)
    assert (await partitions(database))[0] == (TODAY - 40 * DAY).date()
    (row,) = await database.drafts.fetch("SELECT id FROM masthead.event")
    assert row["id"] == key


async def test_what_no_partition_was_made_for_has_a_place(database: Database) -> None:
    """No worker has run for weeks: events are written all the same, and removed when they are old."""
    async with database.transaction() as transaction:
        await happened(transaction, 40 * DAY, 1)
    async with database.transaction() as transaction:
        await happened(transaction, 20 * DAY, 2)
    assert await keep_events(database, 30, TODAY) == 1
    await keep_events(database, 30, TODAY - 20 * DAY)  # that day has rows where they should not be
    assert [
        row["position"] for row in await database.drafts.fetch("SELECT position FROM masthead.event")
    ] == [2]


async def test_writers_do_not_wait_long_behind_it(database: Database) -> None:
    """A partition that somebody has in use is left for the next round."""
    await keep_events(database, 30, TODAY - 40 * DAY)
    async with database.transaction() as transaction:
        await happened(transaction, 40 * DAY, 1)
        with pytest.raises(asyncpg.LockNotAvailableError):
            await keep_events(database, 30, TODAY)
    assert await keep_events(database, 30, TODAY) > 0
