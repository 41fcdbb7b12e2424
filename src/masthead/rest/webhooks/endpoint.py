"""`/api/webhooks` as a bare ASGI application."""

from functools import partial
from typing import Any

import orjson

from masthead.kernel import InputError, MastheadError, NotFoundError
from masthead.rest.people.door import Answer, Receive, request_of
from masthead.rest.people.refusals import Send, more_headers, refuse_request
from masthead.rest.people.site import Site
from masthead.rest.reply import JSON, Header
from masthead.rest.webhooks.door import WebhookDoor
from masthead.rest.webhooks.routes import API, ROUTES
from masthead.store import FAILURES, Database, failure
from masthead.webhooks import Again, Endpoints, SourceOf


def is_of_webhooks(path: str) -> bool:
    """Whether an address is one of these."""
    return path == API or path.startswith(f"{API}/")


class WebhookEndpoint:
    """Answers them. `source_of` tells the `source` of what is sent again."""

    def __init__(self, database: Database, source_of: SourceOf, site: Site) -> None:
        self._site = site
        self._door = WebhookDoor(Endpoints(database), Again(database, source_of), database.drafts)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(scope, receive)
        except MastheadError as error:
            await refuse_request(scope, send, error, *more_headers(error))
        except FAILURES as error:
            await refuse_request(scope, send, failure(error))
        else:
            await _send(scope, send, answer)

    async def _answer(self, scope: Any, receive: Receive) -> Answer:
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        there = [(each, each.match(scope["path"])) for each in ROUTES]
        for route, matched in there:
            if matched is not None and route.method == method:
                handle = partial(route.handle, self._door)
                return await handle(request_of(self._site, scope, receive), *matched)
        raise _nothing(scope, sorted({route.method for route, matched in there if matched is not None}))


def _nothing(scope: Any, methods: list[str]) -> InputError:
    if not methods:
        path = scope["path"][:200]
        return NotFoundError("address-unknown", f"Nothing is at {path}.", f"GET {API} lists the webhooks.")
    allowed = ", ".join(methods)
    message = f"{scope['method']} is not possible here."
    return InputError("method-not-allowed", message, f"Use {allowed}.", context={"allow": allowed})


async def _send(scope: Any, send: Send, answer: Answer) -> None:
    body = b""
    headers: list[Header] = [*answer.headers, (b"cache-control", b"private, no-store")]
    if answer.body is not None:
        body = orjson.dumps(answer.body, option=orjson.OPT_UTC_Z)
        headers.append((b"content-type", JSON.encode()))
    if answer.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
