"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) as a bare ASGI application:
between the socket and the engine stands nothing that the protocol does not ask for."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from masthead.graphql.engine import Answer, Engine
from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.negotiation import JSON, negotiate
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
        if media_type is None:
            return await _reply(send, _NOT_ACCEPTABLE, JSON, 406)
        try:
            parameters = await _parameters(scope["method"], headers, scope, receive)
        except RefusedError as error:
            return await _reply(send, error.body(), media_type, error.status)
        answer = await self._engine.execute(parameters.query, parameters.variables, parameters.operation_name)
        return await _reply(send, answer.body, media_type, _status(answer, media_type))


def _status(answer: Answer, media_type: str) -> int:
    """application/json says 200 for whatever GraphQL itself has an answer to, as old clients expect."""
    return 200 if answer.status == 400 and media_type == JSON else answer.status


async def _parameters(method: str, headers: dict[bytes, bytes], scope: Scope, receive: Receive) -> Parameters:
    if method == "POST":
        media_type, _, options = headers.get(b"content-type", b"").partition(b";")
        if media_type.strip().lower() != b"application/json" or not _is_utf8(options):
            raise _refused(415, "The body's media type is not application/json in UTF-8.", "Send JSON.")
        return read_body(await _body(receive))
    if method == "GET":
        return read_query_string(scope["query_string"])
    raise _refused(405, f"{method} is not possible here.", "Use POST, or GET for queries.")


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        if len(body) > MOST_BODY:
            break
        message = await receive()
        body += message.get("body", b"")
    if len(body) > MOST_BODY:
        raise _refused(413, f"The request has more than {MOST_BODY} bytes.", "Send less.")
    return body


def _is_utf8(options: bytes) -> bool:
    key, _, value = options.strip().lower().partition(b"=")
    return key != b"charset" or value.strip(b' "') in (b"utf-8", b"utf8")


async def _reply(send: Send, body: bytes, media_type: str, status: int) -> None:
    headers = [
        (b"content-type", media_type.encode() + b"; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"accept"),
    ]
    if status == 405:
        headers.append((b"allow", b"GET, POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _refused(status: int, message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)], status)


_NOT_ACCEPTABLE = _refused(
    406, "The client accepts no media type of GraphQL.", "Accept application/graphql-response+json."
).body()
