"""Uploaded files: `/assets/<digest16>/<filename>`, from the data folder, as long as they are public.

The address names the content, so browsers keep a file for good. Whether it is public is asked of the
database as the anonymous role again when assets have changed: a draft's image is a 404.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from masthead.roles.api.address import LONGEST
from masthead.roles.api.caching import Freshness, is_good
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import SANDBOX
from masthead.store import FAILURES, Change, Reader, failure

IMMUTABLE = "public, max-age=31536000, immutable"
REMEMBERED = 4096
"""Addresses whose answer is kept until an asset changes, found and not found alike."""

_RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/x-icon"})
_SHOWN = _RASTER | {"image/svg+xml", "application/pdf", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Asset:
    """What the database says of a public file. `digest` is SHA-256, hex."""

    digest: str
    media_type: str
    filename: str


class Assets:
    """The ASGI endpoint. `type_name` and `table` are the content type of assets and its physical name."""

    def __init__(
        self, folder: Path | None, reader: Reader, type_name: str, table: str, freshness: Freshness
    ) -> None:
        self._type = type_name
        self._freshness = freshness
        self._folder = folder
        self._reader = reader
        self._known: OrderedDict[str, Asset | None] = OrderedDict()
        self._generation = 0
        # `table` is a physical name from content.lock: lower-case letters, digits, underscores.
        self._find = f'SELECT digest, media_type, filename FROM live."{table}" WHERE path = ANY($1)'  # noqa: S608

    def change(self, change: Change | None) -> None:
        """Forget everything when an asset has changed, or when it is not known what has."""
        if change is None or self._type in change.types:
            self._generation += 1
            self._known.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Files are only read.", {"allow": "GET, HEAD"})
            return
        path = scope["path"]
        try:
            asset = await self._look_up(path) if _is_possible(path) else None
        except FAILURES as error:
            scope["masthead.note"].error = failure(error)
            text = "This file cannot be found just now."
            await answer_plainly(scope, receive, send, 503, text, {"retry-after": "2"})
            return
        file = None if asset is None or self._folder is None else _stored_at(self._folder, asset.digest)
        if asset is None or file is None or not file.is_file():
            await answer_plainly(scope, receive, send, 404, "There is no such file.")
            return
        headers = _headers(asset)
        if _has_it(scope, headers["etag"]):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        response = FileResponse(file, headers=headers, media_type=asset.media_type, stat_result=file.stat())
        await response(scope, receive, send)

    async def _look_up(self, path: str) -> Asset | None:
        if path in self._known and await is_good(self._freshness) and path in self._known:
            self._known.move_to_end(path)
            return self._known[path]
        generation = self._generation
        rows = await self._reader.fetch(self._find, [path, quote(path)])
        found = Asset(**rows[0]) if rows else None
        if generation == self._generation:
            self._known[path] = found
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _is_possible(path: str) -> bool:
    """PostgreSQL has no texts with NUL; and what is remembered must not be as long as a stranger likes."""
    return len(path) <= LONGEST and "\0" not in path


def _stored_at(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _headers(asset: Asset) -> Mapping[str, str]:
    """Only raster images are shown as they are; all else is sandboxed, and other files are downloads."""
    kind = asset.media_type.partition(";")[0].strip().lower()
    headers = {
        "cache-control": IMMUTABLE,
        "etag": f'"{asset.digest[:32]}"',
        "cross-origin-resource-policy": "cross-origin",
    }
    if kind not in _RASTER:
        headers["content-security-policy"] = SANDBOX.decode()
    if kind not in _SHOWN:
        headers["content-disposition"] = f"attachment; filename*=utf-8''{quote(asset.filename, safe='')}"
    return headers


def _has_it(scope: Scope, etag: str) -> bool:
    known = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"").decode(
        "latin-1"
    )
    return etag in (part.strip().removeprefix("W/") for part in known.split(","))
