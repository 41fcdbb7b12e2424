"""Pages on which an API is explored, GraphiQL and the page of OpenAPI: from memory, encoded once."""

import asyncio
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import EXPLORER
from masthead.roles.api.static_files import REVALIDATE
from masthead.roles.api.stored_response import StoredResponse, store_response


class ExplorerPage:
    """The ASGI endpoint of one HTML file. Where nothing was built, it says how to build it."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._response: StoredResponse | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Pages are only read.", {"allow": "GET, HEAD"})
        elif self._file is None:
            await answer_plainly(scope, receive, send, 404, "This page was not built: run `make install`.")
        else:
            if self._response is None:
                self._response = await _load(self._file)
            await self._response.send(scope, send)


class BrowserDoor:
    """One address for programs and people: a browser that opens it gets the page, all else the endpoint."""

    def __init__(self, page: ExplorerPage, endpoint: ASGIApp) -> None:
        self._page = page
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._page if _is_visit(scope) else self._endpoint)(scope, receive, send)


def _is_visit(scope: Scope) -> bool:
    """A GET that asks nothing and takes HTML by name: no GraphQL client does that, every browser does."""
    if scope["method"] not in ("GET", "HEAD") or scope["query_string"]:
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


async def _load(file: Path) -> StoredResponse:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", REVALIDATE),
        (b"content-security-policy", EXPLORER),
        (b"vary", b"accept"),  # BrowserDoor
    ]
    return await store_response(200, headers, await asyncio.to_thread(file.read_bytes))
