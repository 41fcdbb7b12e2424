"""All that is written to one WebSocket, by one task: what operations have to say, one after the other."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from masthead.graphql.endpoint import Send
from masthead.graphql.live.clients import SLOW, Clients, Dropped

MOST_SAID = 100
"""Answers to pings that may wait: who asks so often and reads nothing is dropped."""

SILENCE = 3
"""Heartbeats after which a client that has sent nothing is taken for gone."""

GONE = Dropped(1001, "silent")


class Speaks(Protocol):
    """What has something to say now and then."""

    def messages(self) -> list[bytes]:
        """All that it has to say."""


class SocketWriter:
    """`drop` lets the client go."""

    def __init__(self, send: Send, clients: Clients, drop: Callable[[Dropped], None]) -> None:
        self._send = send
        self._clients = clients
        self._drop = drop
        self._noticed = asyncio.Event()
        self._said: deque[bytes] = deque()
        self._ready: dict[Speaks, None] = {}
        self._silent = 0

    def say(self, message: bytes) -> None:
        """Send it, as soon as may be."""
        self._said.append(message)
        self._noticed.set()
        if len(self._said) > MOST_SAID:
            self._drop(SLOW)

    def ready(self, speaker: Speaks) -> None:
        """It has something to say."""
        self._ready[speaker] = None
        self._noticed.set()

    def heard(self) -> None:
        """The client has sent something."""
        self._silent = 0

    async def run(self) -> None:
        """Write until cancelled, or until the client takes nothing any more, and so is dropped."""
        try:
            while True:
                try:
                    async with asyncio.timeout(self._clients.bounds.heartbeat):
                        await self._noticed.wait()
                except TimeoutError:
                    self._look()
                self._noticed.clear()
                await self._write_all()
        except TimeoutError:
            self._drop(SLOW)
        except RuntimeError:  # a server may find that the client has left before it says so
            self._drop(GONE)

    def _look(self) -> None:
        """Ask a quiet client whether it is still there."""
        self._silent += 1
        if self._silent > SILENCE:
            self._drop(GONE)
        self._said.append(b'{"type":"ping"}')

    async def _write_all(self) -> None:
        while self._said or self._ready:
            while self._said:
                await self._write(self._said.popleft())
            ready, self._ready = self._ready, {}
            for speaker in ready:
                for message in speaker.messages():
                    await self._write(message)
                    self._clients.sent["websocket"] += 1

    async def _write(self, message: bytes) -> None:
        async with asyncio.timeout(self._clients.bounds.send_seconds):
            await self._send({"type": "websocket.send", "text": message.decode()})
