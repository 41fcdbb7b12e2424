"""A request that is refused before any door: a problem, as the rest of the API sends it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from masthead.kernel import MastheadError
from masthead.rest.problem import problem_of
from masthead.rest.reply import Header, refused

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def refuse_request(
    scope: MutableMapping[str, Any], send: Send, error: MastheadError, *more: Header
) -> None:
    """Answer `error`, with `more` headers, which go before those of its status."""
    note_error(scope, error)
    reply = refused(problem_of(error))
    body = b"" if scope["method"] == "HEAD" else reply.body
    named = {name for name, _ in more}
    own = [each for each in reply.headers if each[0] not in named]
    headers = [*own, *more, (b"content-length", str(len(reply.body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def note_error(scope: MutableMapping[str, Any], error: MastheadError) -> None:
    """Let the line of the request in the log say what was wrong."""
    if (note := scope.get("masthead.note")) is not None:
        note.error = error


def more_headers(error: MastheadError) -> list[Header]:
    """Headers that say what a program may do next."""
    found = [
        (name.replace("_", "-").encode(), str(error.context[name]).encode())
        for name in ("retry_after", "allow")
        if name in error.context
    ]
    if error.code == "not-signed-in":
        found.append((b"www-authenticate", b'Bearer realm="masthead"'))
    return found
