"""A whole response, ready to be sent again and again: encoded once, with a strong ETag an encoding."""

import asyncio
import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import brotli  # type: ignore[import-untyped]  # it carries no types
from starlette.types import Scope, Send

from masthead.roles.api.encodings import preferred_encodings

Encoding = Literal["zstd", "br", "gzip", "identity"]
Header = tuple[bytes, bytes]

_KEPT: tuple[Literal["br", "gzip"], ...] = ("br", "gzip")
"""Every browser takes brotli, and at leisure it is smaller than zstd."""

BROTLI_QUALITY = 5
"""Of a post of 18.2 KB: quality 5 takes 0.5 ms for 5.1 KB, 9 takes 8 ms for the same, 11 takes 20 ms for
4.5 KB: too long for what the next change drops. gzip at 6 takes 0.3 ms for 5.5 KB."""
GZIP_LEVEL = 6
SMALLEST = 256
"""Bytes below which an encoding saves nothing that a packet would notice."""

_COMPRESSIBLE = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
_COMPRESSIBLE_ENDS = ("+xml", "+json", "/manifest+json", "/wasm")


@dataclass(frozen=True, slots=True)
class _Body:
    headers: tuple[Header, ...]
    etag: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """Status and, for each encoding, headers and body. `size` is what it holds in memory, in bytes."""

    status: int
    bodies: Mapping[Encoding, _Body]

    @property
    def size(self) -> int:
        """Bytes in memory, roughly: bodies and headers."""
        return 512 + sum(
            len(body.content) + sum(len(name) + len(value) for name, value in body.headers)
            for body in self.bodies.values()
        )

    def head(self, name: bytes) -> bytes:
        """The value of the header `name` (lower case), empty where there is none."""
        return next((value for key, value in self.bodies["identity"].headers if key == name), b"")

    async def send(self, scope: Scope, send: Send) -> None:
        """Answer the request: the best encoding, 304 where the client has it already, no body for HEAD."""
        accepted, known = b"", b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                known = value
        body = self._choose(accepted)
        if known and self.status == 200 and _matches(known, body.etag):
            headers = [header for header in body.headers if header[0] not in _OF_THE_BODY]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": self.status, "headers": list(body.headers)})
        content = b"" if scope["method"] == "HEAD" else body.content
        await send({"type": "http.response.body", "body": content})

    def _choose(self, accepted: bytes) -> _Body:
        for encoding in preferred_encodings(accepted, _KEPT):
            body = self.bodies.get(encoding)
            if body is not None:
                return body
        return self.bodies["identity"]


_OF_THE_BODY = frozenset({b"content-length", b"content-type", b"content-encoding"})


async def store_response(
    status: int, headers: Iterable[Header], content: bytes, *, quality: int = BROTLI_QUALITY
) -> StoredResponse:
    """Encode `content` once for each encoding that makes it smaller.

    `headers` describe the resource (type, caching, policy), not the transfer.
    """
    kept = tuple(headers)
    media_type = next((value for name, value in kept if name == b"content-type"), b"").decode("latin-1")
    bodies: dict[Encoding, bytes] = {"identity": content}
    if len(content) >= SMALLEST and is_compressible(media_type):
        # Off the event loop: both libraries release the interpreter's lock while they work.
        bodies |= await asyncio.to_thread(_compress, content, quality)
    digest = hashlib.sha256(content).hexdigest()[:24]
    varies = len(bodies) > 1
    return StoredResponse(
        status,
        {name: _body(kept, name, data, digest, is_varying=varies) for name, data in bodies.items()},
    )


def is_compressible(media_type: str) -> bool:
    """Whether bodies of this media type shrink."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith(_COMPRESSIBLE) or kind.endswith(_COMPRESSIBLE_ENDS)


def _compress(content: bytes, quality: int) -> dict[Encoding, bytes]:
    encoded: dict[Encoding, bytes] = {
        "br": brotli.compress(content, quality=quality),
        "gzip": gzip.compress(content, GZIP_LEVEL, mtime=0),
    }
    return {name: data for name, data in encoded.items() if len(data) < len(content)}


def _body(
    headers: tuple[Header, ...], encoding: Encoding, content: bytes, digest: str, *, is_varying: bool
) -> _Body:
    suffix = "" if encoding == "identity" else f"-{encoding}"
    etag = f'"{digest}{suffix}"'.encode()
    own: list[Header] = [(b"etag", etag), (b"content-length", str(len(content)).encode())]
    if encoding != "identity":
        own.append((b"content-encoding", encoding.encode()))
    if is_varying:
        own.append((b"vary", b"accept-encoding"))
    return _Body((*headers, *own), etag, content)


def _matches(known: bytes, etag: bytes) -> bool:
    """If-None-Match compares weakly (RFC 9110, section 13.1.2)."""
    return known.strip() == b"*" or any(
        candidate.strip().removeprefix(b"W/") == etag for candidate in known.split(b",")
    )
