"""Replies of the APIs, encoded as they leave: a layer around an ASGI application that sends whole bodies."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.roles.api.encodings import IN_A_THREAD, QUICK, Encoding, preferred_encodings

SMALLEST = 1024
"""Bytes below which a reply fits in a packet anyhow: such a one costs two comparisons here."""

LARGE = 128 * 1024
"""Bytes from which encoding takes longer (half a millisecond) than handing it to a thread."""

Header = tuple[bytes, bytes]

VARY: Header = (b"vary", b"accept-encoding")


class Compressed:
    """Encodes bodies of at least SMALLEST bytes as the client prefers, unless they are encoded already.

    A strong ETag names the bytes that are sent, so each encoding has its own: what `app` calls "x" is
    "x-zstd" outside. What a client sends back in If-None-Match, `app` reads without the ending.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = known = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                known = value
        if known:
            scope["headers"] = [_bare(header) for header in scope["headers"]]
        encodings = preferred_encodings(accepted)
        await self._app(scope, receive, _Sending(send, encodings[0] if encodings else None, known).send)


class _Sending:
    """Holds a reply's head back until the body tells its size."""

    __slots__ = ("_encoding", "_known", "_pass", "_start")

    def __init__(self, send: Send, encoding: Encoding | None, known: bytes) -> None:
        self._pass = send
        self._encoding = encoding
        self._known = known
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """In place of the server's own."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start is None:
            await self._pass(message)
            return
        body: bytes = message.get("body", b"")
        if start["status"] == 304:
            start["headers"] = [*(_known_tag(header, self._known) for header in start["headers"]), VARY]
        elif len(body) >= SMALLEST and not message.get("more_body") and not _is_encoded(start):
            message = {**message, "body": await self._encode(start, body)}
        await self._pass(start)
        await self._pass(message)

    async def _encode(self, start: Message, body: bytes) -> bytes:
        start["headers"] = [*start["headers"], VARY]
        if self._encoding is None:
            return body
        if len(body) < LARGE:
            encoded = QUICK[self._encoding](body)
        else:
            encoded = await asyncio.to_thread(IN_A_THREAD[self._encoding], body)
        name = self._encoding.encode()
        start["headers"] = [
            *(_encoded_header(header, len(encoded), name) for header in start["headers"]),
            (b"content-encoding", name),
        ]
        return encoded


def _encoded_header(header: Header, length: int, encoding: bytes) -> Header:
    name, value = header
    if name == b"content-length":
        return name, str(length).encode()
    if name == b"etag" and value.endswith(b'"'):
        return name, b'%b-%b"' % (value[:-1], encoding)
    return header


def _is_encoded(start: Message) -> bool:
    return any(name == b"content-encoding" for name, _ in start["headers"])


def _bare(header: Header) -> Header:
    name, value = header
    if name != b"if-none-match":
        return header
    for encoding in QUICK:
        value = value.replace(b'-%b"' % encoding.encode(), b'"')
    return name, value


def _known_tag(header: Header, known: bytes) -> Header:
    """The tag as the client has it: it looks its stored reply up by that."""
    name, value = header
    if name != b"etag":
        return header
    stem = value[:-1]
    return name, next(
        (each for each in map(bytes.strip, known.split(b",")) if each.removeprefix(b"W/").startswith(stem)),
        value,
    ).removeprefix(b"W/")
