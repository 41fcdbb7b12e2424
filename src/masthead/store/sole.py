"""Being the only one: a connection that holds a lock for as long as its session lasts, and not longer.

The server ends the session when nothing comes for a moment: of a process that was stopped, or cut off, the
lock is free seconds later. What is written through this connection cannot come after that: the lock and
the writing have one end. It does not work through a pooler that shares sessions among transactions.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from masthead.store.failure import FAILURES, failure
from masthead.store.wakes import Wakes

SILENCE = 3.0
"""Seconds after which the server gives a session up that says nothing: speak more often."""

_PLANS = {
    # The same few statements on few rows of large tables: always by index, planned once.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_sort": "off",
}


class Sole:
    """A session that can hold a lock. Its methods raise UnavailableError when the session has ended."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", wakes: Wakes) -> None:
        self._connection = connection
        self.wakes = wakes

    async def is_only(self, key: int) -> bool:
        """Take the lock, unless another session has it. Without waiting: who waits in the server keeps it
        from cleaning up. Once is enough; it is held until the session ends."""
        return bool(await self.fetch_value("SELECT pg_try_advisory_lock($1)", key))

    async def fetch_value(self, sql: str, *arguments: Any) -> Any:
        """The first column of the first row, None where there is none."""
        try:
            return await self._connection.fetchval(sql, *arguments)
        except FAILURES as error:
            raise failure(error) from error

    async def fetch(self, sql: str, *arguments: Any) -> list[dict[str, Any]]:
        """All rows, as plain dictionaries. One statement is one transaction."""
        try:
            return [dict(row) for row in await self._connection.fetch(sql, *arguments)]
        except FAILURES as error:
            raise failure(error) from error


@asynccontextmanager
async def open_sole(url: str, channel: str, silence: float = SILENCE) -> AsyncIterator[Sole]:
    """A session of its own, which hears what is notified on a channel. Raises UnavailableError."""
    try:
        connection = await asyncpg.connect(
            url, timeout=silence, command_timeout=silence, server_settings=_settings(silence)
        )
    except FAILURES as error:
        raise failure(error) from error
    wakes = Wakes(connection)
    connection.add_termination_listener(lambda _: wakes.notice())
    try:
        try:
            await connection.add_listener(channel, lambda *_: wakes.notice())
        except FAILURES as error:
            raise failure(error) from error
        yield Sole(connection, wakes)
    finally:
        with suppress(*FAILURES, TimeoutError):
            await connection.close(timeout=1)


def _settings(silence: float) -> dict[str, str]:
    """Whatever the session is doing when its process goes silent, it ends; those of TCP are for a server
    that is writing to it just then, or cannot say goodbye."""
    longest = str(int(silence * 1000))
    return {
        "search_path": "",
        "timezone": "UTC",
        "jit": "off",
        "application_name": "masthead sole",
        "idle_session_timeout": longest,
        "idle_in_transaction_session_timeout": longest,
        "statement_timeout": longest,
        "tcp_user_timeout": longest,
        "tcp_keepalives_idle": "1",
        "tcp_keepalives_interval": "1",
        "tcp_keepalives_count": "2",
        **_PLANS,
    }
