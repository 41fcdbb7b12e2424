"""`/api/previews` and `/-/preview/…` as a bare ASGI application."""

from collections.abc import Iterable
from typing import Any

import orjson

from masthead.content.previews import LINK, Previews
from masthead.kernel import InputError, MastheadError, NotFoundError
from masthead.rest.address import ROOT
from masthead.rest.people.door import Answer, Receive, Request, request_of
from masthead.rest.people.pages.layout import Layout
from masthead.rest.people.refusals import Send, more_headers, refuse_request
from masthead.rest.people.site import Site
from masthead.rest.previews.door import PreviewDoor
from masthead.rest.previews.pages import entrance, exit_, over_page
from masthead.rest.reply import JSON, Header

API = f"{ROOT}/previews"
LEAVE = "leave"


def is_of_previews(path: str) -> bool:
    """Whether an address is one of these."""
    return path == API or path.startswith((f"{API}/", LINK))


class PreviewEndpoint:
    """Answers them. `static` are the addresses of the site's files: its page uses the fonts."""

    def __init__(self, previews: Previews, site: Site, static: Iterable[str] = ()) -> None:
        self._previews = previews
        self._site = site
        self._door = PreviewDoor(previews)
        self._layout = Layout(static)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        request = request_of(self._site, scope, receive)
        try:
            if request.path.startswith(LINK):
                await self._link(request, send)
            else:
                await _send(request, send, await self._manage(request))
        except MastheadError as error:
            await refuse_request(scope, send, error, *more_headers(error))

    async def refuse(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a request whose preview is over."""
        await self._over(request_of(self._site, scope, receive), send)

    async def _manage(self, request: Request) -> Answer:
        key = request.path[len(API) + 1 :]
        match (_method(request), bool(key) and "/" not in key, request.path == API):
            case ("GET", False, True):
                return await self._door.list(request)
            case ("POST", False, True):
                return await self._door.create(request)
            case ("DELETE", True, False):
                return await self._door.revoke(request, key)
            case (_, is_one, is_all) if is_one or is_all:
                raise _not_allowed(request, "DELETE" if is_one else "GET, HEAD, POST")
            case _:
                raise NotFoundError(
                    "address-unknown",
                    f"Nothing is at {request.path[:200]}.",
                    f"GET {API} lists the previews.",
                )

    async def _link(self, request: Request, send: Send) -> None:
        token = request.path[len(LINK) :]
        if token == LEAVE:
            if _method(request) not in ("GET", "POST"):
                raise _not_allowed(request, "GET, HEAD, POST")
            await _send(request, send, exit_(request))
            return
        if _method(request) != "GET":
            raise _not_allowed(request, "GET, HEAD")
        opened = await self._previews.open(token)
        if opened is None:
            await self._over(request, send)
            return
        await _send(request, send, entrance(request, token, opened))

    async def _over(self, request: Request, send: Send) -> None:
        status, headers, body = over_page(request, self._layout)
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})


def _method(request: Request) -> str:
    return "GET" if request.method == "HEAD" else request.method


def _not_allowed(request: Request, allowed: str) -> InputError:
    return InputError(
        "method-not-allowed",
        f"{request.method} is not possible here.",
        f"Use {allowed}.",
        context={"allow": allowed},
    )


async def _send(request: Request, send: Send, answer: Answer) -> None:
    body = b""
    headers: list[Header] = [*answer.headers, (b"cache-control", b"private, no-store")]
    if answer.body is not None:
        body = orjson.dumps(answer.body, option=orjson.OPT_UTC_Z)
        headers.append((b"content-type", JSON.encode()))
    if answer.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})
