"""The store as the queue library's driver: its statements run on the store's connections."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import orjson
import structlog
from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import NotifyCallback

from masthead.kernel import MastheadError, utc_now
from masthead.store import FAILURES, Database

log = structlog.get_logger("masthead.jobs")

AGAIN = 1.0
"""Seconds until a connection that was lost is sought again."""


class StoreDriver:
    """Statements on the pool, notifications on a connection of its own, which is made again when it ends."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[asyncio.Task[None]] = []
        self._wakes: list[Callable[[], None]] = []
        self._tasks = TaskManager()
        self._shutdown = asyncio.Event()

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """The rows of a statement that is a transaction of its own."""
        return await self._database.drafts.fetch(query, *args)

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement that is a transaction of its own."""
        await self._database.drafts.fetch(query, *args)
        return ""

    async def notify(self, channel: str, payload: str) -> None:
        """Tell every listener."""
        await self.execute("SELECT pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Call it at each notification, until the driver is left. Waits a while for the connection."""
        is_open = asyncio.Event()
        self._wakes.append(lambda: callback(_changed(channel)))
        self._listeners.append(asyncio.create_task(self._listen(channel, callback, is_open)))
        with suppress(TimeoutError):
            async with asyncio.timeout(5 * AGAIN):
                await is_open.wait()

    def wake(self) -> None:
        """Have the worker look for more, as jobs have ended: the library's trigger would tell it so."""
        for wake in self._wakes:
            wake()

    async def _listen(self, channel: str, callback: NotifyCallback, is_open: asyncio.Event) -> None:
        def hear(payload: str) -> None:
            if payload:
                callback(payload)

        while True:
            try:
                async with self._database.listening_to(channel, hear) as wakes:
                    is_open.set()
                    while True:
                        callback(_changed(channel))  # also for what came while nobody listened
                        await wakes.wait(60)
            except (MastheadError, *FAILURES) as error:
                log.warning("jobs.listener_lost", error=str(error), again_in=AGAIN)
                await asyncio.sleep(AGAIN)

    @property
    def shutdown(self) -> asyncio.Event:
        """Asked for by the library's face; nothing here sets it."""
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        """Asked for by the library's face; nothing here uses it."""
        return self._tasks

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._listeners:
            each.cancel()
        await asyncio.gather(*self._listeners, return_exceptions=True)
        self._listeners.clear()
        self._wakes.clear()


def _changed(channel: str) -> bytes:
    """What the library's trigger would say."""
    return orjson.dumps(
        {
            "channel": channel,
            "sent_at": utc_now(),
            "type": "table_changed_event",
            "operation": "insert",
            "table": "job",
        }
    )
