"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) as a bare ASGI application:
between the socket and the engine stands nothing that the protocol does not ask for."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Protocol

from graphql import GraphQLError

from masthead.access import ANONYMOUS, Viewer
from masthead.graphql.answer import Answer
from masthead.graphql.documents import Documents
from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.limits import Limits
from masthead.graphql.negotiation import JSON, RESPONSE_JSON, negotiate
from masthead.graphql.request import BAD_REQUEST, Parameters, read_body, read_query_string
from masthead.query.dependencies import Dependencies

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

PLAN = "masthead.plan"
"""Where a scope tells the layers around whether the plan was kept: "hit" or "miss"."""

DEPENDS = "masthead.depends"
"""Where a scope has a list, an answer puts into it what it depends on: `Dependencies`, or None."""

CACHE_CONTROL = "public, max-age=0, must-revalidate"


class Executes(Protocol):
    """What an endpoint needs of an engine."""

    @property
    def limits(self) -> Limits:
        """The bounds of a request."""

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
    ) -> Answer:
        """Run the operation."""


Traces = Callable[
    [str, Mapping[str, Any] | None, str | None, Viewer], Awaitable[tuple[Answer, Dependencies | None]]
]
"""Executes an operation, and says what its answer depends on."""


def graphql_endpoint(
    engine: Executes,
    documents: Documents | None = None,
    cache_control: str = CACHE_CONTROL,
    trace: Traces | None = None,
) -> Application:
    """An ASGI application for one path; Starlette takes it as the endpoint of a Route.

    `documents` are those that a request may only name. The reply to a GET of one has `cache_control`.
    `trace` is for requests whose scope asks what the answer depends on (`DEPENDS`).
    """
    return _Endpoint(engine, documents or Documents(), cache_control, trace)


class _Endpoint:
    """An instance and not a function: Starlette hands requests to functions, and scopes to these."""

    __slots__ = ("_cache_control", "_documents", "_engine", "_is_strict", "_limits", "_trace")

    def __init__(
        self, engine: Executes, documents: Documents, cache_control: str, trace: Traces | None
    ) -> None:
        self._engine = engine
        self._trace = trace
        self._documents = documents
        self._is_strict = documents.is_strict
        self._limits = engine.limits
        self._cache_control = (b"cache-control", cache_control.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        viewer: Viewer = scope.get("masthead.viewer", ANONYMOUS)
        media_type = negotiate(headers.get(b"accept", b""))
        extra: tuple[Header, ...] = ()
        try:
            if media_type is None:
                raise _refused(406, "The client accepts no media type of GraphQL.", f"Accept {JSON}.")
            asked = await read_asked(scope, headers, receive, self._limits)
            if isinstance(asked, list):
                body, status = await self._batch(asked, viewer), 200
            else:
                document, name, is_known = asked.query, asked.operation_name, False
                if self._is_strict or asked.document_id is not None or not document:
                    document, name, is_known = self._documents.find(asked)
                if self._trace is None or DEPENDS not in scope:
                    answer = await self._engine.execute(document, asked.variables, name, viewer)
                else:
                    answer, depends = await self._trace(document, asked.variables, name, viewer)
                    scope[DEPENDS].append(depends)
                body, status, is_planned = answer
                if status == 200:
                    scope[PLAN] = "hit" if is_planned else "miss"
                if scope["method"] == "GET":
                    extra = self._kept(body) if is_known and status == 200 else _NOT_KEPT
                if status == 400 and media_type == JSON:
                    status = 200  # as old clients expect of whatever GraphQL itself has an answer to
        except RefusedError as error:
            body, status = error.body(), error.status
            extra = _ALLOW if status == 405 else _NOT_KEPT
        if not viewer.is_anonymous:
            extra = (*(each for each in extra if each[0] == b"allow"), *_PRIVATE)
        start = [*_HEADERS[media_type or JSON], (b"content-length", str(len(body)).encode()), *extra]
        if b"if-none-match" in headers and _has_it(headers[b"if-none-match"], extra):
            body, status, start = b"", 304, [_VARY, *extra]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": body})

    async def _batch(self, batch: list[Parameters], viewer: Viewer) -> bytes:
        """One after the other: a batch takes no more of the server than one client."""
        answers = [await self._answer(each, viewer) for each in batch]
        return b"[%b]" % b",".join(answer.body for answer in answers)

    async def _answer(self, asked: Parameters, viewer: Viewer) -> Answer:
        try:
            document, name, _ = self._documents.find(asked)
        except RefusedError as error:
            return Answer(error.body(), error.status)
        return await self._engine.execute(document, asked.variables, name, viewer)

    def _kept(self, body: bytes) -> tuple[Header, ...]:
        """The same bytes have the same tag in every process."""
        return self._cache_control, (b"etag", b'"%b"' % blake2b(body, digest_size=12).hexdigest().encode())


async def read_asked(
    scope: Scope, headers: dict[bytes, bytes], receive: Receive, limits: Limits
) -> Parameters | list[Parameters]:
    """What a request asks: of one operation, or of a batch. Raises RefusedError."""
    method = scope["method"]
    if method == "POST":
        if not _is_json(headers.get(b"content-type", b"")):
            raise _refused(415, "The body's media type is not application/json in UTF-8.", "Send JSON.")
        message = await receive()
        body = message.get("body", b"")
        # A server may only know with its next message that this was all; asking for it costs a turn
        # through its threads.
        is_whole = not message.get("more_body") or headers.get(b"content-length") == b"%d" % len(body)
        if not is_whole or len(body) > limits.request_bytes:
            body = await _rest(body, message, receive, limits.request_bytes)
        return read_body(body, limits.batch)
    if method == "GET":
        return read_query_string(scope["query_string"])
    if method == "PUT":  # nothing else that speaks GraphQL sends one
        raise RefusedError([_no_single_connection()], 405)
    raise _refused(405, f"{method} is not possible here.", "Use POST, or GET for queries.")


def _no_single_connection() -> GraphQLError:
    return mistake(
        "SINGLE_CONNECTION",
        "Streams cannot be reserved: graphql-sse's single connection mode is not served.",
        "Leave singleConnection off; for many operations on one connection use a WebSocket.",
    )


async def _rest(body: bytes, message: Message, receive: Receive, most: int) -> bytes:
    """All of the body. One that is cut off may be JSON by chance, and is not what the client meant."""
    chunks, size = [body], len(body)
    while True:
        if size > most:
            raise _refused(413, f"The request has more than {most:,} bytes.", "Send less.")
        if message["type"] == "http.disconnect":
            raise _refused(400, "The body ended too early.", "Send as much as its framing says.")
        if not message.get("more_body"):
            return b"".join(chunks)
        message = await receive()
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])


_VARY = (b"vary", b"accept")
_HEADERS = {
    name: [(b"content-type", f"{name}; charset=utf-8".encode()), _VARY] for name in (JSON, RESPONSE_JSON)
}
_ALLOW: tuple[Header, ...] = ((b"allow", b"GET, POST"),)
_NOT_KEPT: tuple[Header, ...] = ((b"cache-control", b"no-store"),)

_PRIVATE: tuple[Header, ...] = (
    (b"cache-control", b"private, no-store"),
    (b"vary", b"authorization, cookie"),
)
"""Of an answer to who is signed in: it is nobody else's."""


def _has_it(known: bytes, headers: tuple[Header, ...]) -> bool:
    """If-None-Match compares weakly (RFC 9110, section 13.1.2)."""
    tag = dict(headers).get(b"etag")
    if tag is None:
        return False
    return known.strip() == b"*" or tag in (each.strip().removeprefix(b"W/") for each in known.split(b","))


@lru_cache(maxsize=64)
def _is_json(content_type: bytes) -> bool:
    media_type, _, options = content_type.lower().partition(b";")
    key, _, value = options.strip().partition(b"=")
    is_utf8 = key != b"charset" or value.strip(b' "') in (b"utf-8", b"utf8")
    return media_type.strip() == b"application/json" and is_utf8


def _refused(status: int, message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)], status)
