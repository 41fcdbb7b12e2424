"""A change is acknowledged when each process with a lease has reacted to it, or a lease's length later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.store.content.commands.desk import Desk

from masthead.events.coherence import LENGTH, Coherence, boot_time, settled
from masthead.kernel import new_id
from masthead.store import Change, Database, newest_change


@asynccontextmanager
async def _running(coherence: Coherence) -> AsyncIterator[Coherence]:
    task = asyncio.create_task(coherence.run())
    try:
        yield coherence
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _leases(database: Database) -> list[int]:
    rows = await database.drafts.fetch("SELECT applied FROM masthead.lease")
    return [row["applied"] for row in rows]


async def test_what_is_acknowledged_was_told_before(database: Database) -> None:
    """To each listener, in order, while the author waits."""
    desk = Desk.at(database)
    told: list[Change | None] = []
    coherence = Coherence(database)
    coherence.subscribe(told.append)
    async with _running(coherence):
        assert await coherence.ensure(5)
        assert told == [None]
        await desk.public(await desk.page("Hello"))
        assert [each.number for each in told[1:] if each is not None] == [coherence.applied]
        assert coherence.applied == await newest_change(database.drafts)


async def test_a_process_that_does_not_run_has_no_lease(database: Database) -> None:
    coherence = Coherence(database)
    assert not coherence.is_fresh()
    assert not await coherence.ensure(0.01)


async def test_whoever_ends_is_waited_for_by_nobody(database: Database) -> None:
    coherence = Coherence(database)
    async with _running(coherence):
        assert await coherence.ensure(5)
        assert len(await _leases(database)) == 1
    assert not coherence.is_fresh()
    assert await _leases(database) == []


async def test_the_dead_are_waited_for_once(database: Database) -> None:
    """For a lease's length by the clock of who waits; then they are off the list."""
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.lease (process, applied, taken_at) VALUES ($1, -1, now())",
            new_id(),
        )
    start = boot_time()
    await settled(database)
    assert boot_time() - start >= LENGTH
    assert await _leases(database) == []
    start = boot_time()
    await settled(database)
    assert boot_time() - start < LENGTH


async def test_who_is_taken_off_the_list_comes_back(database: Database) -> None:
    """A process that was stopped goes on, and takes its lease again."""
    coherence = Coherence(database)
    async with _running(coherence):
        assert await coherence.ensure(5)
        await database.drafts.fetch("DELETE FROM masthead.lease")
        while not await _leases(database):
            coherence.is_fresh()
            await asyncio.sleep(0.01)
        assert coherence.is_fresh()


async def test_without_a_database_the_author_waits_a_lease(database: Database) -> None:
    """Nothing can be asked: after that time nobody answers from memory as if nothing had changed."""
    await database.close()
    start = boot_time()
    await settled(database)
    assert boot_time() - start >= LENGTH
