"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) as a bare ASGI application:
between the socket and the engine stands nothing that the protocol does not ask for."""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

from masthead.graphql.engine import Engine
from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.negotiation import JSON, RESPONSE_JSON, negotiate
from masthead.graphql.request import BAD_REQUEST, Parameters, read_body, read_query_string

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BODY = 1_048_576
"""Bytes of a request's body: a document and its variables."""


def graphql_endpoint(engine: Engine) -> Application:
    """An ASGI application for one path; Starlette takes it as the endpoint of a Route."""
    return _Endpoint(engine)


class _Endpoint:
    """An instance and not a function: Starlette hands requests to functions, and scopes to these."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        media_type = negotiate(headers.get(b"accept", b""))
        try:
            if media_type is None:
                raise _refused(406, "The client accepts no media type of GraphQL.", f"Accept {JSON}.")
            parameters = await _parameters(scope, headers, receive)
        except RefusedError as error:
            body, status = error.body(), error.status
        else:
            body, status = await self._engine.execute(*parameters)
            if status == 400 and media_type == JSON:
                status = 200  # as old clients expect of whatever GraphQL itself has an answer to
        length = (b"content-length", str(len(body)).encode())
        start = [*_HEADERS[media_type or JSON], length, *(_ALLOW if status == 405 else ())]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": body})


_HEADERS = {
    name: [(b"content-type", f"{name}; charset=utf-8".encode()), (b"vary", b"accept")]
    for name in (JSON, RESPONSE_JSON)
}
_ALLOW = [(b"allow", b"GET, POST")]


async def _parameters(scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Parameters:
    method = scope["method"]
    if method == "POST":
        if not _is_json(headers.get(b"content-type", b"")):
            raise _refused(415, "The body's media type is not application/json in UTF-8.", "Send JSON.")
        message = await receive()
        body = message.get("body", b"")
        return read_body(await _rest(body, receive) if message.get("more_body") else _checked(body))
    if method == "GET":
        return read_query_string(scope["query_string"])
    raise _refused(405, f"{method} is not possible here.", "Use POST, or GET for queries.")


async def _rest(body: bytes, receive: Receive) -> bytes:
    chunks, size, has_more = [_checked(body)], len(body), True
    while has_more:
        message = await receive()
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > MOST_BODY:
            raise _too_large()
        has_more = message.get("more_body", False)
    return b"".join(chunks)


def _checked(body: bytes) -> bytes:
    if len(body) > MOST_BODY:
        raise _too_large()
    return body


@lru_cache(maxsize=64)
def _is_json(content_type: bytes) -> bool:
    media_type, _, options = content_type.lower().partition(b";")
    key, _, value = options.strip().partition(b"=")
    is_utf8 = key != b"charset" or value.strip(b' "') in (b"utf-8", b"utf8")
    return media_type.strip() == b"application/json" and is_utf8


def _too_large() -> RefusedError:
    return _refused(413, f"The request has more than {MOST_BODY} bytes.", "Send less.")


def _refused(status: int, message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)], status)
