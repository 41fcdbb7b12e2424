"""Which WebSockets are let in, and as whom: the same people as over HTTP, from pages that may.

A browser sends cookies along with a WebSocket to anywhere, and CORS does not bind it. So a page of somebody
else is let in only where MASTHEAD_CORS_ORIGINS names it, and then as nobody: cookies count for our own pages
alone.
"""

from starlette.types import Receive, Scope, Send

from masthead.access import ANONYMOUS, Viewer
from masthead.graphql import error_body
from masthead.graphql.live import Admission, IsStill, WebSocket
from masthead.kernel import AccessError, MastheadError, NotFoundError
from masthead.people import Identity
from masthead.rest.people import Arrival, Site
from masthead.rest.problem import problem_of
from masthead.roles.api.still import still_of_session, still_of_token

PATHS = frozenset({"/graphql", "/graphql/stream"})


class WebSockets:
    """An ASGI application for `websocket` scopes. `cors` are other origins whose pages may listen."""

    def __init__(self, sockets: WebSocket, identity: Identity, site: Site, cors: str) -> None:
        self._sockets = sockets
        self._identity = identity
        self._site = site
        self._others = {each.strip().rstrip("/").lower() for each in cors.split(",") if each.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["path"] not in PATHS:
                raise NotFoundError("not-found", "No WebSocket is here.", "GraphQL's is at /graphql.")
            admission = await self._admit(scope)
        except MastheadError as error:
            await _refuse(scope, receive, send, error)
            return
        await self._sockets(scope, receive, send, admission)

    async def _admit(self, scope: Scope) -> Admission:
        """Raises AccessError, UnavailableError."""
        arrival = self._site.arrival(_as_http(scope))
        is_own = self._is_own(arrival)
        bearer, cookies = None, []
        for name, value in scope["headers"]:
            if name == b"authorization" and value[:7].lower() == b"bearer ":
                bearer = value[7:].strip().decode("latin-1")
            elif name == b"cookie":
                cookies.append(value)
        viewer, is_still = ANONYMOUS, None
        if bearer is not None:
            viewer, is_still = await self._recognise(bearer)
        elif is_own and (secret := arrival.secret(cookies)) is not None:
            found = await self._identity.of_session(secret)
            if found is not None:
                viewer, is_still = found.viewer, still_of_session(self._identity, secret, found.viewer)
        return Admission(viewer, arrival.address, is_still, self._recognise)

    def _is_own(self, arrival: Arrival) -> bool:
        """Whether it is one of our own pages; a program, which says no origin, is none. Raises AccessError
        for the page of somebody else."""
        origin = arrival.headers.get(b"origin")
        if origin is None:
            return False
        if self._site.origins.is_own(arrival.headers):
            return True
        if "*" in self._others or origin.decode("latin-1").lower() in self._others:
            return False
        raise AccessError(
            "origin-foreign",
            "This WebSocket is opened by a page of another site.",
            "Name its origin in MASTHEAD_CORS_ORIGINS, if it may listen.",
        )

    async def _recognise(self, token: str) -> tuple[Viewer, IsStill]:
        found = await self._identity.of_token(token)
        if found is None:
            raise AccessError("token-invalid", "This API token is not valid.", "Make another one.")
        return found.viewer, still_of_token(self._identity, token, found.viewer)


def _as_http(scope: Scope) -> Scope:
    """Origins are spelled with http and https, whatever is spoken there."""
    return {**scope, "scheme": "https" if scope.get("scheme") == "wss" else "http"}


async def _refuse(scope: Scope, receive: Receive, send: Send, error: MastheadError) -> None:
    """As an answer of HTTP, where the server can give one; else the socket is closed before it opens."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    body = error_body(error)
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"cache-control", b"no-store"),
    ]
    status = problem_of(error).status
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
