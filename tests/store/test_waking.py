"""Others are woken when a transaction has committed, and not by one that has not."""

import asyncio

import pytest

from masthead.store import Database
from masthead.store.waking import Waking


async def test_a_transaction_wakes_when_it_has_committed(database: Database) -> None:
    """One that is undone says nothing."""
    heard: list[str] = []
    async with database.listening_to("proof", heard.append) as wakes:
        with pytest.raises(ZeroDivisionError):
            await _undone(database)
        async with database.transaction() as transaction:
            transaction.wake("proof")
            transaction.wake("proof")
            assert heard == []
        await wakes.wait(60)
    assert heard == [""]


async def _undone(database: Database) -> None:
    async with database.transaction() as transaction:
        transaction.wake("proof")
        raise ZeroDivisionError


async def test_many_wakes_are_few_notifications() -> None:
    """One under way, and one more for all that asked meanwhile."""
    sent: list[str] = []
    going = asyncio.Event()

    async def send(channel: str) -> None:
        sent.append(channel)
        await going.wait()

    waking = Waking(send)
    waking.wake("a")
    await asyncio.sleep(0)
    for _ in range(100):
        waking.wake("a")
        waking.wake("b")
    going.set()
    await waking.close()
    assert sorted(sent) == ["a", "a", "b"]


async def test_a_notification_that_fails_fails_nobody() -> None:
    """Whoever waits looks by itself, too; and the next one is sent."""
    sent: list[str] = []

    async def send(channel: str) -> None:
        sent.append(channel)
        raise OSError("gone")

    waking = Waking(send)
    waking.wake("a")
    await waking.close()
    waking.wake("b")
    await waking.close()
    assert sent == ["a", "b"]
