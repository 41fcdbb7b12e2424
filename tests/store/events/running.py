"""Subscribers that take notes, and what runs while the writers write."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

from tests.store.events.scenario import Load, long_transactions, prepare, write, written

from masthead.events import EventFeed, StoredEvent, head_position
from masthead.store import Database, Transaction

PATIENCE = 60
"""Seconds after which a case is stuck. Nothing waits so long: each wait ends with what it waits for."""

HANDLED = "CREATE TABLE IF NOT EXISTS public.handled (number bigserial, position bigint, tag text)"


class Subscriber:
    """Notes what a feed tells it."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.positions: list[int] = []

    async def follow(self, feed: EventFeed, after: int | None = 0) -> None:
        """Everything that a feed tells."""
        async for events in feed.follow(after):
            self.tags += [each.data["tag"] for each in events]
            self.positions += [each.position for each in events]


async def keep(transaction: Transaction, events: Sequence[StoredEvent]) -> None:
    """A consumer's handler whose effect is inside PostgreSQL."""
    await transaction.execute_many(
        "INSERT INTO public.handled (position, tag) VALUES ($1, $2)",
        [(each.position, each.data["tag"]) for each in events],
    )


async def handled(database: Database) -> list[str]:
    """What such consumers have done, in order."""
    rows = await database.drafts.fetch("SELECT tag FROM public.handled ORDER BY number")
    return [row["tag"] for row in rows]


async def while_running(*works: Coroutine[Any, Any, None], until: Callable[[], Awaitable[None]]) -> None:
    """Run works that are for ever until something has come true."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        async with asyncio.timeout(PATIENCE):
            await until()
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def run_case(
    url: str, *works: Coroutine[Any, Any, None], load: Load, is_done: Callable[[int], Awaitable[bool]]
) -> None:
    """Write while the works run, until `is_done`, which is told how many events have committed."""
    await prepare(url)

    async def until() -> None:
        async with long_transactions(url):
            await write(url, load)
        wanted = len(await written(url))
        while not await is_done(wanted):  # noqa: ASYNC110 - somebody else's work, in a database
            await asyncio.sleep(0.01)

    await while_running(*works, until=until)


async def has_all(database: Database, wanted: int) -> bool:
    """Whether everything has its position."""
    return await head_position(database.drafts) >= wanted
