"""Connections: what is noticed, what is refused, and what an error tells."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from masthead.kernel import UnavailableError
from masthead.store import Database, open_database
from masthead.store.wakes import open_wakes


async def test_nothing_answering_is_one_error_without_the_password() -> None:
    """It names DATABASE_URL as the place to look; the password stays out of text and log."""
    with pytest.raises(UnavailableError, match="DATABASE_URL") as refused:
        async with open_database("postgresql://me:secret@127.0.0.1:1/none?password=secret"):
            pass
    assert "secret" not in str(refused.value)
    assert "secret" not in str(refused.value.context)


async def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    """Neither by a pool nor by who listens: a failover leaves such connections behind."""
    async with silent_server() as url:
        with pytest.raises(UnavailableError, match="no word within the time"):
            async with open_database(url, connecting=0.2):
                pass
        with pytest.raises(UnavailableError):
            async with open_wakes(url, "proof", connecting=0.2):
                pass


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    """It takes every connection and never says a word; its URL, without TLS."""
    is_over = asyncio.Event()

    async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await is_over.wait()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://me@127.0.0.1:{port}/none?sslmode=disable"
    finally:
        is_over.set()
        server.close()
        await server.wait_closed()


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    """All or nothing."""
    with pytest.raises(ZeroDivisionError):
        await _fail_midway(database)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def test_a_database_that_answers_is_alive(database: Database) -> None:
    """Readiness asks with a real statement."""
    assert await database.is_alive()
    await database.close()
    assert not await database.is_alive()


async def _fail_midway(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 99")
        raise ZeroDivisionError
