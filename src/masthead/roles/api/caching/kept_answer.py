"""An answer as an application gave it, sent again: encoded once for each encoding that is asked for."""

import asyncio
from collections.abc import Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.roles.api.compression import Compressed
from masthead.roles.api.encodings import Encoding, preferred_encodings

Header = tuple[bytes, bytes]

_OF_THE_BODY: Final = frozenset({b"content-length", b"content-type"})


class KeptAnswer:
    """What is sent is what `Compressed` around the application would send, to the byte: the same headers,
    the same tag for the same encoding, 304 where the client has it."""

    __slots__ = ("_body", "_encoded", "_etag", "_headers", "_layer", "status")

    def __init__(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        self.status = status
        self._headers = tuple(headers)
        self._body = body
        self._etag = next((value for name, value in self._headers if name == b"etag"), b"")
        self._encoded: dict[Encoding | None, tuple[Message, Message]] = {}
        self._layer = Compressed(self._answer)

    @property
    def size(self) -> int:
        """Bytes in memory, roughly: one that is encoded for everybody is twice its body."""
        return 1024 + 2 * len(self._body) + sum(len(name) + len(value) for name, value in self._headers)

    async def send(self, scope: Scope, send: Send) -> None:
        """Answer the request."""
        accepted, known = b"", b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                known = value
        if known:
            await self._layer(scope, _nothing, send)
            return
        encodings = preferred_encodings(accepted)
        encoding = encodings[0] if encodings else None
        messages = self._encoded.get(encoding)
        if messages is None:
            start, body = await record(self._layer, {"type": "http", "headers": _asking(encoding)}, _nothing)
            messages = self._encoded[encoding] = (start, body)
        await send(messages[0])
        await send(messages[1])

    async def _answer(self, scope: Scope, _: Receive, send: Send) -> None:
        known = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
        if known and self._etag and self.status == 200 and _matches(known, self._etag):
            headers = [each for each in self._headers if each[0] not in _OF_THE_BODY]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": self.status, "headers": list(self._headers)})
        await send({"type": "http.response.body", "body": self._body})


async def record(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, Message]:
    """What an application sends that answers with one body: its head and its body."""
    messages: list[Message] = []

    async def note(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, note)
    start, body = messages
    return start, body


def _asking(encoding: Encoding | None) -> list[Header]:
    return [(b"accept-encoding", encoding.encode())] if encoding else []


def _matches(known: bytes, etag: bytes) -> bool:
    """If-None-Match compares weakly (RFC 9110, section 13.1.2)."""
    return known.strip() == b"*" or any(
        candidate.strip().removeprefix(b"W/") == etag for candidate in known.split(b",")
    )


async def _nothing() -> Message:
    await asyncio.get_running_loop().create_future()
    raise AssertionError("nothing is received here")
