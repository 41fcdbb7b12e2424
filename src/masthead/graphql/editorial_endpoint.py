"""`/graphql/draft` over HTTP: the same protocol as `/graphql`, for those who are signed in."""

from collections.abc import Callable, Mapping
from typing import Any

from masthead.access import ANONYMOUS, Viewer
from masthead.content.commands import Actor
from masthead.graphql.answer import Answer
from masthead.graphql.documents import Documents
from masthead.graphql.editing import EditingEngine
from masthead.graphql.editorial.asking import Asker
from masthead.graphql.endpoint import Application, Message, Receive, Scope, Send, graphql_endpoint
from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.limits import Limits

ActorOf = Callable[[Scope], Actor]
"""Who sends a request, and from where."""

OriginOf = Callable[[Scope], str]
"""The origin of the site that a request came to."""


def editorial_endpoint(
    engine: EditingEngine,
    actor_of: ActorOf,
    documents: Documents | None = None,
    origin_of: OriginOf = lambda _: "",
) -> Application:
    """An ASGI application for one path. Nobody keeps its replies."""
    return _Door(engine, actor_of, documents or Documents(), origin_of)


class _Door:
    def __init__(
        self, engine: EditingEngine, actor_of: ActorOf, documents: Documents, origin_of: OriginOf
    ) -> None:
        self._engine = engine
        self._origin_of = origin_of
        self._actor_of = actor_of
        self._documents = documents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("masthead.viewer", ANONYMOUS).is_anonymous:
            await _refuse(send)
            return
        asker = Asker(self._actor_of(scope), self._origin_of(scope))
        asking = _Asking(self._engine, asker, is_safe=scope["method"] != "POST")
        endpoint = graphql_endpoint(asking, self._documents, "private, no-store")
        await endpoint(scope, receive, _allowing_post(send))


class _Asking:
    """The engine, for one request."""

    __slots__ = ("_asker", "_engine", "_is_safe")

    def __init__(self, engine: EditingEngine, asker: Asker, *, is_safe: bool) -> None:
        self._engine = engine
        self._asker = asker
        self._is_safe = is_safe

    @property
    def limits(self) -> Limits:
        """The engine's."""
        return self._engine.limits

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,  # noqa: ARG002 - the actor is the same viewer, and more
    ) -> Answer:
        """Run the operation for the request's actor."""
        actor, origin = self._asker.actor, self._asker.origin
        return await self._engine.run(
            document, variables, operation_name, actor, is_safe=self._is_safe, origin=origin
        )


def _allowing_post(send: Send) -> Send:
    """A mutation that came with GET: RFC 9110 wants to hear what would have done."""

    async def send_allowing(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 405:
            others = [each for each in message["headers"] if each[0] != b"allow"]
            message = {**message, "headers": [*others, (b"allow", b"GET, POST")]}
        await send(message)

    return send_allowing


async def _refuse(send: Send) -> None:
    error = RefusedError(
        [mistake("UNAUTHENTICATED", "Nobody is signed in.", "Sign in, or send an API token.")], 401
    )
    body = error.body()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"www-authenticate", b'Bearer realm="masthead"'),
        (b"vary", b"accept"),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": body})
