"""Connections that readers keep: handed on in order, replaced when they die, none lost to a cancellation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import asyncpg
import pytest

from masthead.store.held_connections import HeldConnections

BACKEND = "SELECT pg_backend_pid()"
LOCK = "SELECT pg_advisory_lock_shared($1::bigint)"


class Held:
    """Two kept connections, and a connection beside them that looks at the server."""

    def __init__(self, pool: Any, watcher: Any) -> None:
        self.pool = pool
        self.connections = HeldConnections(pool, size=2)
        self._watcher = watcher

    async def block(self, key: int) -> None:
        """Let whoever asks for the advisory lock `key` wait."""
        await self._watcher.execute(f"SELECT pg_advisory_lock({key})")

    async def unblock(self, key: int) -> None:
        """Let them go on."""
        await self._watcher.execute(f"SELECT pg_advisory_unlock({key})")

    async def until_waiting(self, count: int) -> None:
        """Until `count` statements wait for a lock."""
        waiting = "datname = current_database() AND wait_event = 'advisory'"
        while await self._watcher.fetchval(f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}") != count:
            pass

    async def kill(self, pid: int) -> None:
        """End a backend, and wait until it is gone."""
        await self._watcher.execute("SELECT pg_terminate_backend($1, 10000)", pid)


@pytest.fixture
async def held(empty_database_url: str) -> AsyncIterator[Held]:
    """Over an empty database."""
    watcher = await asyncpg.connect(empty_database_url)
    async with asyncpg.create_pool(empty_database_url, min_size=0, max_size=2) as pool:
        found = Held(pool, watcher)
        yield found
        await found.connections.close()
    await watcher.close()


async def test_a_connection_is_kept(held: Held) -> None:
    """One statement after another runs on the same backend."""
    assert await held.connections.fetchval(BACKEND) == await held.connections.fetchval(BACKEND)


async def test_statements_wait_in_order(held: Held) -> None:
    """With the only connection busy the first that came is the first that runs."""
    only = HeldConnections(held.pool, size=1)
    await held.block(1)
    busy = asyncio.ensure_future(only.fetchval(LOCK, 1))
    await held.until_waiting(1)
    done: list[int] = []

    async def ask(number: int) -> None:
        done.append(await only.fetchval("SELECT $1::int", number))

    waiting = [asyncio.ensure_future(ask(number)) for number in range(5)]
    await held.unblock(1)
    await asyncio.gather(busy, *waiting)
    await only.close()
    assert done == [0, 1, 2, 3, 4]


async def test_a_dead_connection_is_replaced(held: Held) -> None:
    """A backend that died costs one statement at most."""
    pid = await held.connections.fetchval(BACKEND)
    await held.kill(pid)
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        await held.connections.fetchval(BACKEND)  # its death may be noticed only by running into it
    assert await held.connections.fetchval(BACKEND) != pid


async def test_a_statement_that_is_refused_keeps_its_connection(held: Held) -> None:
    """An error of SQL says nothing against the connection."""
    pid = await held.connections.fetchval(BACKEND)
    with pytest.raises(asyncpg.UndefinedTableError):
        await held.connections.fetch("SELECT * FROM nothing")
    assert await held.connections.fetchval(BACKEND) == pid


@pytest.mark.parametrize("running", [0, 1, 2, 3, 4])
async def test_cancelling_loses_no_connection(held: Held, running: int) -> None:
    """Cancelled while running or while waiting: afterwards two statements run at once, as before."""
    await held.block(2)
    tasks = [asyncio.ensure_future(held.connections.fetchval(LOCK, 2)) for _ in range(5)]
    await held.until_waiting(2)
    tasks[running].cancel()
    await held.unblock(2)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(each, asyncio.CancelledError) for each in outcomes].count(True) == 1
    pids = await asyncio.gather(*(held.connections.fetchval(f"{BACKEND}, pg_sleep(0.1)") for _ in "ab"))
    assert len(set(pids)) == 2


async def test_closed_connections_refuse(held: Held) -> None:
    """After the end a statement is refused instead of waiting for ever."""
    await held.connections.close()
    with pytest.raises(asyncpg.InterfaceError):
        await held.connections.fetchval("SELECT 1")
