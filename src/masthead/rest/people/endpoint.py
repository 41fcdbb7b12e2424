"""The doors of people as a bare ASGI application, which stands before the other addresses of `/api`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import orjson

from masthead.kernel import InputError, MastheadError, NotFoundError
from masthead.model import TAKEN_ADDRESSES
from masthead.people import People
from masthead.rest.address import ROOT
from masthead.rest.people.door import Answer, Receive, request_of
from masthead.rest.people.refusals import Send, more_headers, refuse_request
from masthead.rest.people.routes import ROUTES, Route
from masthead.rest.people.site import Site
from masthead.rest.reply import JSON
from masthead.store import FAILURES, failure

Scope = Any
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_NO_STORE = (b"cache-control", b"no-store")
_OURS = frozenset(f"{ROOT}/{name}" for name in TAKEN_ADDRESSES)
_BEHIND_ROOT = len(ROOT) + 1


def is_of_people(path: str) -> bool:
    """Whether an address is one of these doors'."""
    end = path.find("/", _BEHIND_ROOT)
    return (path if end < 0 else path[:end]) in _OURS


class PeopleEndpoint:
    """Answers `/api/session`, `/api/account`, `/api/tokens`, `/api/accounts`, `/api/groups`, `/api/audit`."""

    def __init__(self, people: People, site: Site) -> None:
        self._site = site
        doors = {door: door(people, site.origins) for door in {each.door for each in ROUTES}}
        self._routes = [(each, getattr(doors[each.door], each.handle.__name__)) for each in ROUTES]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(scope, receive)
        except MastheadError as error:
            await refuse_request(scope, send, error, *more_headers(error))
        except FAILURES as error:
            await refuse_request(scope, send, failure(error))
        else:
            await _send(scope, send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        path = scope["path"]
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        there = []
        for route, handle in self._routes:
            matched = route.match(path)
            if matched is None:
                continue
            if route.method == method:
                answer: Answer = await handle(request_of(self._site, scope, receive), *matched)
                return answer
            there.append(route)
        raise _nothing(path, scope["method"], there)


def _nothing(path: str, method: str, there: Sequence[Route]) -> InputError:
    if not there:
        return NotFoundError("address-unknown", f"Nothing is at {path[:200]}.", f"GET {ROOT}/openapi.json.")
    allowed = ", ".join(sorted({each.method for each in there}))
    return InputError(
        "method-not-allowed", f"{method} is not possible here.", f"Use {allowed}.", context={"allow": allowed}
    )


async def _send(scope: Scope, send: Send, answer: Answer) -> None:
    headers = [*answer.headers, _NO_STORE]
    if answer.stream is not None:
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        async for part in answer.stream:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return
    body = b""
    if answer.body is not None:
        # Ids that come from the driver are a subclass that orjson does not know.
        body = orjson.dumps(answer.body, default=str, option=orjson.OPT_UTC_Z)
        headers.append((b"content-type", JSON.encode()))
    if answer.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
