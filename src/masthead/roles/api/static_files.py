"""The built site's scripts, styles and fonts: from memory, encoded once, never through Node.

Their names carry a digest of their content, so browsers keep them for good.
"""

import asyncio
import mimetypes
from pathlib import Path

from starlette.types import Receive, Scope, Send

from masthead.roles.api.page_cache import Filling, PageCache
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import NOTHING
from masthead.roles.api.stored_response import StoredResponse, store_response

PREFIX = "/_next/static/"
IMMUTABLE = b"public, max-age=31536000, immutable"
MEMORY = 64 * 1024 * 1024
QUALITY = 9
"""Brotli's quality for what is encoded once and sent for months; 11 takes ten times as long for 3 %."""

_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json"}


class StaticFiles:
    """The ASGI endpoint of `/_next/static/`. Only files that were there at the start can be named."""

    def __init__(self, folder: Path | None) -> None:
        self._files = {} if folder is None else _index(folder)
        self._cache: PageCache[StoredResponse] = PageCache({"files": MEMORY})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Files are only read.", {"allow": "GET, HEAD"})
            return
        file = self._files.get(scope["path"])
        if file is None:
            await answer_plainly(scope, receive, send, 404, "There is no such file.")
            return
        response, _ = await self._cache.get(scope["path"], lambda: _load(file))
        await response.send(scope, send)


def _index(folder: Path) -> dict[str, Path]:
    return {
        PREFIX + path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


async def _load(file: Path) -> Filling[StoredResponse]:
    media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    headers = [
        (b"content-type", media_type.encode()),
        (b"cache-control", IMMUTABLE),
        (b"content-security-policy", NOTHING),
    ]
    response = await store_response(200, headers, await asyncio.to_thread(file.read_bytes), quality=QUALITY)
    return Filling(response, response.size, "files")
