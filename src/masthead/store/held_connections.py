"""Connections that readers keep: taking one out of asyncpg's pool for each statement costs 25 µs of CPU,
more than sending the statement does. asyncpg still makes them and still ends them.
"""

import asyncio
from collections import deque
from typing import Any

import asyncpg


class HeldConnections:
    """At most `size` connections of `pool`, each taken when it is first needed and kept while it works.

    Statements wait in the order in which they came when every connection is busy.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", size: int) -> None:
        self._pool = pool
        self._size = size
        self._held = 0
        self._free: list[Any] = []
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._returning: set[asyncio.Task[None]] = set()

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """The first column of the first row."""
        connection = await self._take()
        try:
            value = await connection.fetchval(sql, *arguments)
        except BaseException as error:
            self._after(error, connection)
            raise
        self._pass_on(connection)
        return value

    async def fetch(self, sql: str, *arguments: Any) -> list[Any]:
        """All rows."""
        connection = await self._take()
        try:
            rows: list[Any] = await connection.fetch(sql, *arguments)
        except BaseException as error:
            self._after(error, connection)
            raise
        self._pass_on(connection)
        return rows

    async def close(self) -> None:
        """Give every connection back to the pool, those at work when they are done."""
        self._size = 0
        while self._free:
            self._let_go(self._free.pop())
        await asyncio.gather(*self._returning)

    async def _take(self) -> Any:
        while True:
            while self._free:
                connection = self._free.pop()  # the youngest: its caches are warm
                if not _is_closed(connection):
                    return connection
                self._let_go(connection)
            if self._held < self._size:
                return await self._acquire()
            if self._size == 0:
                raise asyncpg.InterfaceError("the connections are closed")
            if (connection := await self._wait()) is not None:
                return connection

    async def _acquire(self) -> Any:
        self._held += 1
        try:
            return await self._pool.acquire()
        except BaseException:
            self._held -= 1
            self._wake(None)
            raise

    async def _wait(self) -> Any:
        """A connection that somebody passes on; None when there is room for another one."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                # It was handed over in the very moment in which the waiter gave up.
                self._wake(None) if future.result() is None else self._pass_on(future.result())
            raise

    def _pass_on(self, connection: Any) -> None:
        if self._size == 0:
            self._let_go(connection)
        elif not self._wake(connection):
            self._free.append(connection)

    def _wake(self, connection: Any) -> bool:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(connection)
                return True
        return False

    def _after(self, error: BaseException, connection: Any) -> None:
        """A refused statement leaves its connection sound. Whatever else happened, the pool decides."""
        if isinstance(error, asyncpg.PostgresError) and not _is_closed(connection):
            self._pass_on(connection)
        else:
            self._let_go(connection)

    def _let_go(self, connection: Any) -> None:
        self._held -= 1
        task = asyncio.get_running_loop().create_task(self._pool.release(connection))
        self._returning.add(task)
        task.add_done_callback(self._returning.discard)
        self._wake(None)


def _is_closed(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # the pool has noticed before, and taken it back
        return True
