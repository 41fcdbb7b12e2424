"""Waking others after commits: one notification under way for each channel, however many ask for it.

Never inside a transaction: NOTIFY takes a lock of the whole server at the commit.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from masthead.kernel import UnavailableError
from masthead.store.failure import FAILURES


class Waking:
    """Sends notifications in the background. That one is lost is no failure: whoever waits for them looks
    by itself, too."""

    def __init__(self, send: Callable[[str], Awaitable[None]]) -> None:
        self._send = send
        self._wanted: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def wake(self, channel: str) -> None:
        """Notify a channel soon; at once, where nothing is under way."""
        self._wanted[channel] = None
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._send_all())

    async def close(self) -> None:
        """Wait for what is under way."""
        if self._task is not None:
            await self._task

    async def _send_all(self) -> None:
        while self._wanted:
            channel = next(iter(self._wanted))
            del self._wanted[channel]  # who asks from here on asks for one more
            with suppress(UnavailableError, *FAILURES):
                await self._send(channel)
