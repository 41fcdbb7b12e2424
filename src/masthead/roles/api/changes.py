"""What is public has changed: open pages reload (development)."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from masthead.roles.api.metrics import Metrics
from masthead.roles.api.plain import answer_plainly
from masthead.store import Change, Reader

HEARTBEAT = 15.0
"""Seconds between comments on a quiet stream, so that proxies do not close it."""

MOST_LISTENERS = 256


class Changes:
    """Tells the open streams the number of each change, when this process has reacted to it."""

    def __init__(self, reader: Reader, metrics: Metrics) -> None:
        self._reader = reader
        self._metrics = metrics
        self._listeners: set[asyncio.Event] = set()
        self._is_closed = False
        self.number = 0

    async def start(self) -> None:
        """Learn the number that the public content has now."""
        self.number = await self._read()

    def change(self, change: Change | None) -> None:
        """For `Coherence`. Subscribe it last: who is told finds the new content."""
        self.number = self.number + 1 if change is None else change.number
        self._metrics.generation.set(self.number)
        self._wake()

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for browsers."""
        self._is_closed = True
        self._wake()

    async def _read(self) -> int:
        rows = await self._reader.fetch("SELECT number FROM live._generation")
        number = int(rows[0]["number"]) if rows else 0
        self._metrics.generation.set(number)
        return number

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI endpoint of `/-/changes`: Server-Sent Events. The number now, and at each change."""
        if scope["method"] != "GET":
            await answer_plainly(scope, receive, send, 405, "Changes are only listened to.", {"allow": "GET"})
            return
        if len(self._listeners) >= MOST_LISTENERS:
            await answer_plainly(scope, receive, send, 503, "Too many listeners.", {"retry-after": "5"})
            return
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        response = StreamingResponse(self.events(), media_type="text/event-stream", headers=headers)
        await response(scope, receive, send)

    async def events(self) -> AsyncGenerator[bytes]:
        """The stream: what is first read from it listens from then on."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        self._metrics.change_listeners.set(len(self._listeners))
        try:
            yield b"retry: 500\ndata: %d\n\n" % self.number
            while not self._is_closed:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await changed.wait()
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                changed.clear()
                if not self._is_closed:
                    yield b"data: %d\n\n" % self.number
        finally:
            self._listeners.discard(changed)
            self._metrics.change_listeners.set(len(self._listeners))
