"""What is public has changed: open pages reload (development)."""

import asyncio
from collections.abc import AsyncGenerator, Callable

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

    def __init__(self, reader: Reader, metrics: Metrics, applied: Callable[[], int | None]) -> None:
        """`applied` is the number of the newest change that was reacted to, once there is one."""
        self._reader = reader
        self._metrics = metrics
        self._applied = applied
        self._first = 0
        metrics.generation.set_function(lambda: self.number)
        self._listeners: set[asyncio.Event] = set()
        self._is_closed = False

    @property
    def number(self) -> int:
        """Of the newest change that this process shows."""
        applied = self._applied()
        return self._first if applied is None else applied

    async def start(self) -> None:
        """Learn the number that the public content has now."""
        rows = await self._reader.fetch("SELECT number FROM live._generation")
        self._first = int(rows[0]["number"]) if rows else 0

    def change(self, _: Change | None) -> None:
        """For `Coherence`. Streams read the number when it is their turn, and that change is done then."""
        self._wake()

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for browsers."""
        self._is_closed = True
        self._wake()

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
