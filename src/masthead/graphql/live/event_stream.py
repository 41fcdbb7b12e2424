"""GraphQL over Server-Sent Events, distinct connections mode
(https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md): one operation a request."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from masthead.access import ANONYMOUS, Viewer
from masthead.graphql.endpoint import Application, Message, Receive, Scope, Send, read_asked
from masthead.graphql.errors import RefusedError, mistake, public
from masthead.graphql.live.clients import CLOSING, SLOW, Client, Clients, Dropped, IsStill
from masthead.graphql.live.mailbox import Mailbox, Payload
from masthead.graphql.live.streams import Streams
from masthead.graphql.request import BAD_REQUEST, Parameters
from masthead.kernel import MastheadError

MEDIA_TYPE = b"text/event-stream"

FAREWELL = 1.0
"""Seconds that a client which is dropped gets to hear why."""

AddressOf = Callable[[Scope], str | None]

_HEADERS = [
    (b"content-type", MEDIA_TYPE + b"; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"accept"),
    (b"x-accel-buffering", b"no"),
]

_COMPLETE = b"event: complete\ndata:\n\n"
_STILL_HERE = b":\n\n"


def event_stream(streams: Streams, clients: Clients, address_of: AddressOf) -> Application:
    """An ASGI application for requests that accept an event stream."""
    return _Endpoint(streams, clients, address_of)


class _Endpoint:
    def __init__(self, streams: Streams, clients: Clients, address_of: AddressOf) -> None:
        self._streams = streams
        self._clients = clients
        self._address_of = address_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (note := scope.get("masthead.note")) is not None:
            note.route = "live"
        headers = dict(scope["headers"])
        try:
            asked = await read_asked(scope, headers, receive, self._streams.limits)
            if isinstance(asked, list):
                raise _refused("A batch cannot be streamed.", "Send one operation.")
        except RefusedError as error:
            await _refuse(send, error)
            return
        stream = _Stream(self._streams, self._clients, scope, receive, send)
        client = Client("sse", self._address_of(scope), stream.drop, _is_still(scope))
        try:
            self._clients.enter(client)
        except MastheadError as error:
            await _refuse(send, RefusedError([public(error)], 503))
            return
        try:
            await stream.run(asked, _last_id(headers))
        finally:
            self._clients.leave(client)


class _Stream:
    """One request and its events."""

    def __init__(
        self, streams: Streams, clients: Clients, scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._streams = streams
        self._clients = clients
        self._viewer: Viewer = scope.get("masthead.viewer", ANONYMOUS)
        self._receive = receive
        self._send = send
        self._noticed = asyncio.Event()
        self._task: asyncio.Task[object] | None = None
        self._is_left = False
        self._why: Dropped | None = None

    def drop(self, why: Dropped) -> None:
        """End it from outside."""
        if self._why is None and self._task is not None:
            self._why = why
            self._task.cancel()

    async def run(self, asked: Parameters, last: str | None) -> None:
        """Answer until all is said, or the client leaves, or is dropped."""
        self._task = asyncio.current_task()
        leaving = asyncio.create_task(self._leave())
        try:
            await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._write(_STILL_HERE)
            mailbox = await self._streams.open(asked, self._viewer, self._noticed.set, last)
            try:
                await self._pump(mailbox)
            finally:
                mailbox.close()
        except TimeoutError:
            self._clients.dropped[SLOW.reason] += 1
        except asyncio.CancelledError:
            if not self._is_left and self._why is None:
                raise
            if self._task is not None:
                self._task.uncancel()
            await self._say_farewell()
        finally:
            leaving.cancel()

    async def _pump(self, mailbox: Mailbox) -> None:
        while True:
            self._noticed.clear()
            is_over = mailbox.is_over
            for payload in mailbox.drain():
                await self._write(_event(payload))
                self._clients.sent["sse"] += 1
            if is_over:
                await self._write(_COMPLETE, is_last=True)
                return
            try:
                async with asyncio.timeout(self._clients.bounds.heartbeat):
                    await self._noticed.wait()
            except TimeoutError:
                await self._write(_STILL_HERE)

    async def _write(self, data: bytes, *, is_last: bool = False) -> None:
        """Raises TimeoutError when the client does not take it."""
        async with asyncio.timeout(self._clients.bounds.send_seconds):
            await self._send({"type": "http.response.body", "body": data, "more_body": not is_last})

    async def _leave(self) -> None:
        """What a client sends behind its request is nothing but its leaving."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_left = True
        if self._task is not None:
            self._task.cancel()

    async def _say_farewell(self) -> None:
        """Who is let go because the server stops is not told that all was said: so it comes again."""
        if self._is_left or self._why is None:
            return
        last = b""
        if self._why is not CLOSING:
            why = mistake("LIVE_ENDED", f"The stream was ended: {self._why.reason}.", "Begin again.")
            last = _event(Payload(RefusedError([why]).body())) + _COMPLETE
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await self._send({"type": "http.response.body", "body": last, "more_body": False})


def _event(payload: Payload) -> bytes:
    name = b"" if payload.id is None else b"id: %b\n" % payload.id.encode()
    return b"%bevent: next\ndata: %b\n\n" % (name, payload.body.replace(b"\n", b"\ndata: "))


def _last_id(headers: dict[bytes, bytes]) -> str | None:
    given = headers.get(b"last-event-id")
    return None if given is None else given.decode("latin-1")


def _is_still(scope: Scope) -> IsStill | None:
    found: IsStill | None = scope.get("masthead.is_still")
    return found


def _refused(message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)])


async def _refuse(send: Send, error: RefusedError) -> None:
    body = error.body()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    if error.status == 405:
        headers.append((b"allow", b"GET, POST"))
    if error.status == 503:
        headers.append((b"retry-after", b"5"))
    start: Message = {"type": "http.response.start", "status": error.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})
