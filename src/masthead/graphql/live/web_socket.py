"""GraphQL over WebSocket: the protocol graphql-transport-ws
(https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), any number of operations a connection."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from masthead.access import Viewer
from masthead.graphql.endpoint import Message, Receive, Scope, Send
from masthead.graphql.live.clients import Client, Clients, Dropped, IsStill
from masthead.graphql.live.operations import SocketOperations
from masthead.graphql.live.socket_writer import SocketWriter
from masthead.graphql.live.streams import Streams
from masthead.kernel import AccessError, UnavailableError

PROTOCOL = "graphql-transport-ws"

FAREWELL = 1.0
"""Seconds that closing may take: a client that reads nothing hears of it no more."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who opens a socket. `recognise` finds out whose bearer token a client says it has."""

    viewer: Viewer
    address: str | None
    is_still: IsStill | None
    recognise: Callable[[str], Awaitable["tuple[Viewer, IsStill]"]]


class _ClosedError(Exception):
    """The client is at fault, and the socket is closed."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.why = Dropped(code, reason)


WebSocket = Callable[[Scope, Receive, Send, Admission], Awaitable[None]]


def web_socket(streams: Streams, clients: Clients) -> WebSocket:
    """What speaks with a client that was let in; it accepts the socket, and closes it."""

    async def speak(scope: Scope, receive: Receive, send: Send, admission: Admission) -> None:
        await receive()  # that it connects
        if PROTOCOL not in scope.get("subprotocols", ()):
            await _turn_away(send, 4406, "Subprotocol not acceptable")
            return
        socket = _Socket(streams, clients, receive, send, admission)
        try:
            clients.enter(socket.client)
        except UnavailableError as error:
            await _turn_away(send, 1013, error.code, PROTOCOL)
            return
        try:
            await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
            await socket.run()
        finally:
            clients.leave(socket.client)

    return speak


class _Socket:
    def __init__(
        self, streams: Streams, clients: Clients, receive: Receive, send: Send, admission: Admission
    ) -> None:
        self._limits = streams.limits
        self._receive = receive
        self._send = send
        self._admission = admission
        self._viewer = admission.viewer
        self._is_begun = False
        self._why: Dropped | None = None
        self._task: asyncio.Task[object] | None = None
        self._bounds = clients.bounds
        self.client = Client("websocket", admission.address, self.drop, admission.is_still)
        self._writer = SocketWriter(send, clients, lambda why: clients.let_go(self.client, why))
        self._operations = SocketOperations(streams, self._writer, clients.bounds.operations)

    def drop(self, why: Dropped) -> None:
        """Close it from outside."""
        if self._why is None and self._task is not None:
            self._why = why
            self._task.cancel()

    async def run(self) -> None:
        """Speak until the client leaves or is dropped."""
        self._task = asyncio.current_task()
        writing = asyncio.create_task(self._writer.run())
        late = Dropped(4408, "Connection initialisation timeout")
        patience = asyncio.get_running_loop().call_later(self._bounds.init_seconds, self._hurry, late)
        try:
            await self._listen()
        except _ClosedError as error:
            self._why = error.why
        except asyncio.CancelledError:
            if self._why is None:
                raise
            if self._task is not None:
                self._task.uncancel()
        finally:
            patience.cancel()
            writing.cancel()
            self._operations.close()
        await self._say_farewell()

    def _hurry(self, late: Dropped) -> None:
        if not self._is_begun:
            self.drop(late)

    async def _listen(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            self._writer.heard()
            await self._handle(self._read(message))

    def _read(self, message: Message) -> dict[str, Any]:
        text = message.get("text")
        if text is None:
            raise _ClosedError(4400, "A message is text")
        if len(text) > self._limits.request_bytes:
            raise _ClosedError(1009, f"A message has more than {self._limits.request_bytes:,} bytes")
        try:
            found = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise _ClosedError(4400, "A message is JSON") from error
        if not isinstance(found, dict):
            raise _ClosedError(4400, "A message is a JSON object")
        return found

    async def _handle(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "connection_init"}:
                await self._begin(message.get("payload"))
            case {"type": "ping"}:
                self._writer.say(b'{"type":"pong"}')
            case {"type": "pong"}:
                pass
            case {"type": "subscribe", "id": str(id_), "payload": dict(payload)} if 0 < len(id_) <= 200:
                if not self._is_begun:
                    raise _ClosedError(4401, "Unauthorized")
                if id_ in self._operations:
                    raise _ClosedError(4409, f"Subscriber for {id_[:50]} already exists")
                self._operations.open(id_, payload, self._viewer)
            case {"type": "complete", "id": str(id_)}:
                self._operations.end(id_)
            case _:
                raise _ClosedError(4400, "Invalid message received")

    async def _begin(self, payload: Any) -> None:
        if self._is_begun:
            raise _ClosedError(4429, "Too many initialisation requests")
        said = payload if isinstance(payload, dict) else {}
        bearer = said.get("authorization") or said.get("Authorization")
        if bearer is not None:
            await self._recognise(bearer)
        self._is_begun = True
        self._writer.say(b'{"type":"connection_ack"}')

    async def _recognise(self, bearer: Any) -> None:
        if not isinstance(bearer, str) or bearer[:7].lower() != "bearer ":
            raise _ClosedError(4400, "`authorization` is `Bearer` and a token")
        try:
            self._viewer, self.client.is_still = await self._admission.recognise(bearer[7:].strip())
        except AccessError as error:
            raise _ClosedError(4403, "Forbidden") from error
        except UnavailableError as error:
            raise _ClosedError(1013, error.code) from error

    async def _say_farewell(self) -> None:
        if self._why is None:
            return
        with suppress(TimeoutError, RuntimeError):  # a server may find that the client has left
            async with asyncio.timeout(FAREWELL):
                await _close(self._send, self._why.code, self._why.reason)


async def _turn_away(send: Send, code: int, reason: str, protocol: str | None = None) -> None:
    await send({"type": "websocket.accept", "subprotocol": protocol})
    await _close(send, code, reason)


async def _close(send: Send, code: int, reason: str) -> None:
    """A reason has at most 123 bytes (RFC 6455, section 5.5)."""
    await send({"type": "websocket.close", "code": code, "reason": reason[:120]})
