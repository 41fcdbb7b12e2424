"""What the relay sees at each look, one after the other."""

import asyncio

import pytest

from masthead.events import Event, Relay, record
from masthead.events.frontier import Frontier
from masthead.kernel import MastheadError, utc_now
from masthead.store import Database, Transaction, open_database


async def tell(transaction: Transaction) -> None:
    """One event."""
    await record(transaction, [Event("content.entry.saved.v1")], [], utc_now())


async def test_what_commits_late_is_not_left_behind(database: Database, database_url: str) -> None:
    """However often the relay has looked meanwhile, and however many others have come and gone."""
    relay, frontier, head = Relay(database), Frontier(), 0
    async with database.sole("nothing") as session, open_database(database_url, size=1) as slow:
        for others in range(4):
            async with slow.transaction() as long:
                await tell(long)
                for _ in range(others):
                    for _ in range(3):
                        head += await relay.give(session, head, frontier)
                    async with database.transaction() as short:
                        await tell(short)
                for _ in range(3):
                    head += await relay.give(session, head, frontier)
            assert await relay.give(session, head, frontier) == 1
            head += 1
    assert head == 0 + 1 + 2 + 3 + 4


async def test_what_is_over_is_not_looked_at_again(database: Database) -> None:
    """The frontier follows, behind transactions that only read, too. Those of other databases that write hold
    it up until they are over: PostgreSQL's snapshots know of all."""
    relay, frontier, head, told = Relay(database), Frontier(), 0, 0
    async with database.sole("nothing") as session, database.transaction() as reading:
        await reading.fetch("SELECT count(*) FROM masthead.event")
        async with asyncio.timeout(60):
            while told < 20 or frontier.floor <= 10:
                async with database.transaction() as short:
                    await tell(short)
                told += 1
                head += await relay.give(session, head, frontier)
    assert head == told


async def test_two_that_think_they_are_the_one_do_no_harm(database: Database) -> None:
    """A pooler that shares sessions could make it so: the second finds the head elsewhere, and stops."""
    async with database.sole("nothing") as one, database.sole("nothing") as two:
        async with database.transaction() as transaction:
            await tell(transaction)
        assert await Relay(database).give(one, 0, Frontier()) == 1
        async with database.transaction() as transaction:
            await tell(transaction)
        with pytest.raises(MastheadError, match="somebody else gives positions"):
            await Relay(database).give(two, 0, Frontier())
    rows = await database.drafts.fetch("SELECT position FROM masthead.event ORDER BY sequence")
    assert [row["position"] for row in rows] == [1, None]
