"""Consumers: what a handler does, and what its failure undoes."""

from collections.abc import Sequence

import pytest
from tests.store.events.running import while_running

from masthead.events import Event, Relay, StoredEvent, consume, record, run_consumer
from masthead.events.frontier import Frontier
from masthead.kernel import utc_now
from masthead.store import Database, Transaction


async def sequenced(database: Database, number: int) -> None:
    """Events with positions 1 to `number`."""
    async with database.transaction() as transaction:
        await record(transaction, [Event("content.entry.saved.v1") for _ in range(number)], [], utc_now())
    async with database.sole("nothing") as session:
        assert await Relay(database).give(session, 0, Frontier()) == number


class Handler:
    """Writes what it sees, and fails when it is told to."""

    def __init__(self, fails_at: int = 0) -> None:
        self.batches: list[list[int]] = []
        self._fails_at = fails_at

    async def __call__(self, transaction: Transaction, events: Sequence[StoredEvent]) -> None:
        await transaction.execute("INSERT INTO public.seen VALUES ($1)", len(events))
        self.batches.append([each.position for each in events])
        if len(self.batches) == self._fails_at:
            raise OSError("no")


@pytest.fixture
async def five(database: Database) -> Database:
    """A database with five events, and a table for what handlers do."""
    async with database.transaction() as transaction:
        await transaction.execute("CREATE TABLE public.seen (number int)")
    await sequenced(database, 5)
    return database


async def cursor(database: Database) -> int:
    """How far the consumer has come; -1 before it has begun."""
    rows = await database.drafts.fetch("SELECT position FROM masthead.consumer WHERE name = 'proof'")
    return int(rows[0]["position"]) if rows else -1


async def test_a_failed_batch_comes_again_and_has_done_nothing(five: Database) -> None:
    """In the order that it had."""
    handler = Handler(fails_at=2)

    async def until() -> None:
        while await cursor(five) < 5:
            pass

    await while_running(run_consumer(five, "proof", handler, size=2, poll=0.01), until=until)
    assert handler.batches == [[1, 2], [3, 4], [3, 4], [5]]
    rows = await five.drafts.fetch("SELECT number FROM public.seen")
    assert [row["number"] for row in rows] == [2, 2, 1]


async def test_a_new_consumer_may_begin_with_what_comes(five: Database) -> None:
    """Not with what is there."""
    handler = Handler()

    async def until() -> None:
        while await cursor(five) < 0:
            pass

    await while_running(run_consumer(five, "proof", handler, is_from_now=True), until=until)
    assert (handler.batches, await cursor(five)) == ([], 5)


async def test_while_another_one_handles_there_is_nothing_to_do(five: Database) -> None:
    """It does not wait for the other one's lock."""
    handler = Handler()
    async with five.transaction() as transaction:
        await transaction.execute("INSERT INTO masthead.consumer VALUES ('proof', 0, now())")
    async with five.transaction() as other:
        await other.execute("SELECT position FROM masthead.consumer FOR UPDATE")
        assert await consume(five, "proof", handler) == 0
    assert await consume(five, "proof", handler) == 5
