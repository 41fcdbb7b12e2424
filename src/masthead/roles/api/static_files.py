"""The built site's scripts, styles and fonts: from memory, encoded once, never through Node."""

import asyncio
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from starlette.types import Receive, Scope, Send

from masthead.query.dependencies import Dependencies
from masthead.roles.api.caching import Filling, Memory
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import NOTHING
from masthead.roles.api.stored_response import BROTLI_QUALITY, StoredResponse, store_response

IMMUTABLE = b"public, max-age=31536000, immutable"
REVALIDATE = b"no-cache"
MEMORY = 64 * 1024 * 1024
QUALITY = 11
"""Brotli's best, for what is encoded once a process: 30 KB of CSS become 6.4 KB in 32 ms; 5 gives 6.9."""

LARGE = 128 * 1024
"""Bytes above which brotli's best is too slow for whoever asks first: GraphiQL's editor (1.8 MB) takes it
2.9 s to become 365 KB, and BROTLI_QUALITY 40 ms to become 419 KB."""

NAMED_BY_CONTENT = ("/_next/static/", "/_fonts/", "/_islands/", "/explorer/")
"""Where names carry a digest of the content, so that browsers may keep a file for good."""

_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json"}


class StaticFiles:
    """The ASGI endpoint. Only files that were there at the start can be named: no path is ever joined."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(files)
        self._cache: Memory[StoredResponse] = Memory({"files": MEMORY})

    def __contains__(self, path: str) -> bool:
        return path in self._files or path.startswith(NAMED_BY_CONTENT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Files are only read.", {"allow": "GET, HEAD"})
            return
        file = self._files.get(path)
        if file is None:
            await answer_plainly(scope, receive, send, 404, "There is no such file.")
            return
        kept = self._cache.hit(path)
        if kept is None:
            kept = (await self._cache.get(path, lambda: _load(file, path)))[0].value
        await kept.send(scope, send)


async def _load(file: Path, path: str) -> Filling[StoredResponse]:
    media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    headers = [
        (b"content-type", media_type.encode()),
        (b"cache-control", IMMUTABLE if path.startswith(NAMED_BY_CONTENT) else REVALIDATE),
        (b"content-security-policy", NOTHING),
    ]
    content = await asyncio.to_thread(file.read_bytes)
    quality = QUALITY if len(content) <= LARGE else BROTLI_QUALITY
    response = await store_response(200, headers, content, quality=quality)
    return Filling(response, response.size, "files", Dependencies())  # as long as the process
