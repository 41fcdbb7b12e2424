"""Connections: what is noticed, what is refused, and what an error tells."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from masthead.kernel import MastheadError, UnavailableError
from masthead.store import FAILURES, Database, Transaction, failure, open_database
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


async def test_a_savepoint_undoes_its_block_alone(database: Database) -> None:
    """Also one in another, and after an error of the server."""
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 1")
        with pytest.raises(ZeroDivisionError):
            await _fail_within(transaction)
        with pytest.raises(MastheadError):
            await _divide_by_zero(transaction)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 1}]


async def test_a_transaction_that_has_failed_is_not_said_to_be_committed(database: Database) -> None:
    """PostgreSQL undoes it at COMMIT, and raises nothing."""
    with pytest.raises(AssertionError, match="passed over"):
        await _pass_over(database)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def test_a_transaction_can_open_with_a_statement(database: Database) -> None:
    """It is within the transaction, and an error of it leaves the connection as good as before."""
    async with database.transaction("SET LOCAL work_mem = '5MB'") as transaction:
        assert await transaction.fetch_value("SHOW work_mem") == "5MB"
    with pytest.raises(FAILURES):
        async with database.transaction("SELECT 1 / 0"):
            pass
    async with database.transaction() as transaction:
        assert await transaction.fetch_value("SHOW work_mem") != "5MB"


async def test_a_transaction_whose_connection_is_gone_tells_that(database: Database) -> None:
    """And not that it could not be undone."""
    with pytest.raises(FAILURES) as raised:
        async with database.transaction() as transaction:
            await transaction.fetch_value("SELECT pg_terminate_backend(pg_backend_pid())")
    assert "ROLLBACK" not in str(raised.value)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def _fail_within(transaction: Transaction) -> None:
    async with transaction.savepoint():
        await transaction.execute("UPDATE live._generation SET number = 2")
        async with transaction.savepoint():
            await transaction.execute("UPDATE live._generation SET number = 3")
        raise ZeroDivisionError


async def _divide_by_zero(transaction: Transaction) -> None:
    try:
        async with transaction.savepoint():
            await transaction.execute("SELECT 1 / 0")
    except FAILURES as error:
        raise failure(error) from error


async def _pass_over(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 1")
        with suppress(*FAILURES):
            await transaction.execute("SELECT 1 / 0")


async def test_who_stops_in_a_transaction_holds_nobody_up_for_ever(database: Database) -> None:
    """The server ends a transaction in which nothing comes for a minute, and its locks with it."""
    with pytest.raises(FAILURES):
        await _stop_within(database)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def _stop_within(database: Database) -> None:
    async with database.transaction() as transaction:
        assert await transaction.fetch_value("SHOW idle_in_transaction_session_timeout") == "1min"
        await transaction.execute("UPDATE live._generation SET number = 1")
        await transaction.execute("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
        async with database.transaction() as other:  # the row is free when that one is ended, and not before
            await other.execute("SELECT FROM live._generation FOR UPDATE")


async def test_a_database_that_answers_is_alive(database: Database) -> None:
    """Readiness asks with a real statement."""
    assert await database.is_alive()
    await database.close()
    assert not await database.is_alive()


async def _fail_midway(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 99")
        raise ZeroDivisionError
