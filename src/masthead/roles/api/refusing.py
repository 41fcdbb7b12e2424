"""A request to an API that is refused before that has looked at it, in the API's own words."""

from starlette.types import Scope, Send

from masthead.graphql import error_body
from masthead.kernel import MastheadError
from masthead.rest.people import refuse_request
from masthead.rest.problem import problem_of

Header = tuple[bytes, bytes]


async def refuse_api(scope: Scope, send: Send, error: MastheadError, *more: Header) -> None:
    """Answer `error`, as GraphQL where that was asked, else as a problem. Nobody may keep it."""
    if not scope["path"].startswith("/graphql"):
        await refuse_request(scope, send, error, *more)
        return
    body = error_body(error)
    headers: list[Header] = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": problem_of(error).status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
