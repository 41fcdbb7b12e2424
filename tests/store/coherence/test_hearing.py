"""A process hears of every change: announced or not, and after it was deaf."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from masthead.events.coherence import Coherence
from masthead.store import Change, Database


class Heard:
    """What a process was told, and waiting for it."""

    def __init__(self) -> None:
        self._numbers: asyncio.Queue[int | None] = asyncio.Queue()

    def note(self, change: Change | None) -> None:
        self._numbers.put_nowait(None if change is None else change.number)

    async def next(self) -> int | None:
        async with asyncio.timeout(15):
            return await self._numbers.get()


@asynccontextmanager
async def _hearing(database: Database) -> AsyncIterator[Heard]:
    coherence, heard = Coherence(database), Heard()
    coherence.subscribe(heard.note)
    running = asyncio.create_task(coherence.run())
    try:
        assert await heard.next() is None  # what was before is not known
        yield heard
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _change(database: Database) -> int:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = number + 1")
        return int(await transaction.fetch_value("SELECT number FROM live._generation"))


async def test_a_change_that_nobody_announced_is_heard_of(database: Database) -> None:
    """Its author may die between the commit and the notification."""
    async with _hearing(database) as heard:
        number = await _change(database)
        assert await heard.next() == number


async def test_what_changed_while_a_process_was_cut_off_is_heard_of(database: Database) -> None:
    """In order, and nothing is left out."""
    async with _hearing(database) as heard:
        await database.drafts.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'masthead sole'"
        )
        numbers = [await _change(database), await _change(database)]
        assert [await heard.next(), await heard.next()] == numbers
