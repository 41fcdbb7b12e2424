"""Being woken by a notification: immediate when it arrives, never relied on alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg

from masthead.kernel import UnavailableError
from masthead.store.failure import CONNECTING, FAILURES, failure


class Wakes:
    """Notifications on one channel. One that comes while nobody waits ends the next wait at once."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._noticed = asyncio.Event()

    def notice(self) -> None:
        """Something has come, or the connection has ended."""
        self._noticed.set()

    async def wait(self, longest: float) -> None:
        """Until a notification, at most `longest` seconds. Raises UnavailableError once nothing can come."""
        if longest > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(longest):
                    await self._noticed.wait()
        self._noticed.clear()
        if self._connection.is_closed():
            raise UnavailableError("database-unavailable", "The database does not answer.")


@asynccontextmanager
async def open_wakes(
    url: str, channel: str, hear: Callable[[str], None] | None = None, connecting: float = CONNECTING
) -> AsyncIterator[Wakes]:
    """Listen to a channel, on a connection of its own, made within `connecting` seconds; `hear` gets what
    each notification says, "" where it says nothing. Raises UnavailableError."""

    def notice(*said: object) -> None:
        if hear is not None:
            hear(str(said[3]))
        wakes.notice()

    try:
        connection = await asyncpg.connect(url, timeout=connecting)
    except FAILURES as error:
        raise failure(error) from error
    wakes = Wakes(connection)
    connection.add_termination_listener(lambda _: wakes.notice())
    try:
        try:
            await connection.add_listener(channel, notice)
        except FAILURES as error:
            raise failure(error) from error
        yield wakes
    finally:
        with suppress(*FAILURES, TimeoutError):
            await connection.close(timeout=2)
