"""Connections: what is noticed, what is refused, and what an error tells."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from masthead.kernel import UnavailableError
from masthead.store import CHANGES, Database, open_database


async def test_nothing_answering_is_one_error_without_the_password() -> None:
    """It names DATABASE_URL as the place to look; the password stays out of text and log."""
    with pytest.raises(UnavailableError, match="DATABASE_URL") as refused:
        async with open_database("postgresql://me:secret@127.0.0.1:1/none?password=secret"):
            pass
    assert "secret" not in str(refused.value)
    assert "secret" not in str(refused.value.context)


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    """All or nothing."""
    with pytest.raises(ZeroDivisionError):
        await _fail_midway(database)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def test_an_announced_change_is_noticed(database: Database) -> None:
    """The listener hears of a change as soon as it is announced."""
    async with _Listening(database, poll=60) as listening:
        await _change(database)
        await database.notify(CHANGES)
        await listening.heard()


async def test_a_change_that_nobody_announced_is_noticed(database: Database) -> None:
    """The announcer may die between commit and NOTIFY: the generation number tells."""
    async with _Listening(database, poll=0.05) as listening:
        await _change(database)
        await listening.heard()


async def test_a_lost_connection_counts_as_a_change(database: Database) -> None:
    """While the listener was deaf anything may have happened."""
    async with _Listening(database, poll=0.05) as listening:
        await database.drafts.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'SELECT number FROM live.%'"
        )
        await listening.heard()


async def test_a_database_that_answers_is_alive(database: Database) -> None:
    """Readiness asks with a real statement."""
    assert await database.is_alive()
    await database.close()
    assert not await database.is_alive()


class _Listening:
    """Runs `Database.listen` beside a test and waits for what it hears."""

    def __init__(self, database: Database, poll: float) -> None:
        self._heard = asyncio.Event()
        self._listen: Callable[[], Awaitable[None]] = lambda: database.listen(self._note, poll)
        self._database = database

    async def _note(self) -> None:
        self._heard.set()

    async def __aenter__(self) -> "_Listening":
        self._task = asyncio.ensure_future(self._listen())
        while not await self._database.drafts.fetch(
            "SELECT 1 AS up FROM pg_stat_activity WHERE datname = current_database() "
            "AND query LIKE 'SELECT number FROM live.%' AND state = 'idle' AND pid <> pg_backend_pid()"
        ):
            pass
        return self

    async def heard(self) -> None:
        await asyncio.wait_for(self._heard.wait(), 10)

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def _change(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = number + 1")


async def _fail_midway(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 99")
        raise ZeroDivisionError
