"""Pages on which an API is explored, GraphiQL and the page of OpenAPI: from memory, encoded once."""

import asyncio
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.access import ANONYMOUS, Viewer
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import EXPLORER
from masthead.roles.api.static_files import REVALIDATE
from masthead.roles.api.stored_response import StoredResponse, store_response


class ExplorerPage:
    """The ASGI endpoint of one HTML file. Where nothing was built, it says how to build it."""

    def __init__(self, file: Path | None, cache_control: bytes = REVALIDATE) -> None:
        self._file = file
        self._cache_control = cache_control
        self._response: StoredResponse | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Pages are only read.", {"allow": "GET, HEAD"})
        elif self._file is None:
            await answer_plainly(scope, receive, send, 404, "This page was not built: run `make install`.")
        else:
            if self._response is None:
                self._response = await _load(self._file, self._cache_control)
            await self._response.send(scope, send)


class BrowserDoor:
    """One address for programs and people: a browser that opens it gets the page, all else the endpoint.
    With `is_private`, also a browser in which nobody is signed in."""

    def __init__(self, page: ExplorerPage, endpoint: ASGIApp, *, is_private: bool = False) -> None:
        self._page = page
        self._endpoint = endpoint
        self._is_private = is_private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_shown = _is_visit(scope) and not (self._is_private and _is_nobody(scope))
        await (self._page if is_shown else self._endpoint)(scope, receive, send)


def _is_visit(scope: Scope) -> bool:
    """A GET that asks nothing and takes HTML by name: no GraphQL client does that, every browser does."""
    if scope["method"] not in ("GET", "HEAD") or scope["query_string"]:
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_nobody(scope: Scope) -> bool:
    viewer: Viewer = scope.get("masthead.viewer", ANONYMOUS)
    return viewer.is_anonymous


async def _load(file: Path, cache_control: bytes) -> StoredResponse:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", cache_control),
        (b"content-security-policy", EXPLORER),
        (b"vary", b"accept"),  # BrowserDoor
    ]
    return await store_response(200, headers, await asyncio.to_thread(file.read_bytes))
