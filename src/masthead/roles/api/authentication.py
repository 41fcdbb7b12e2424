"""Who sends a request: `scope["masthead.viewer"]`, from an API token or the cookie of a session.

A request without either costs a look through its headers. Pages, files and assets are everybody's: nobody
is looked up for them.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.access import ANONYMOUS
from masthead.kernel import AccessError, MastheadError
from masthead.people import Identity, SignedIn
from masthead.rest.people import SAFE, Arrival, Site, clear_cookie, refuse_request
from masthead.roles.api.still import still_of_session, still_of_token

IS_STILL = "masthead.is_still"
"""Where a scope says how to find out whether the viewer is still who it was: streams last."""

_KNOWS_VIEWERS = ("/graphql", "/api", "/-/")
"""Where it matters who asks. Everything else shows what is public."""

_CHALLENGE = (b"www-authenticate", b'Bearer realm="masthead", error="invalid_token"')
"""RFC 6750, section 3."""

_PRIVATE = (b"cache-control", b"private, no-cache")
"""What somebody in particular may see is kept by nobody on the way."""


class Authentication:
    """Puts the viewer into the scope: ANONYMOUS, or who proves to be somebody; then `masthead.session` is
    the session's id, where it is one.

    A bearer token that is not valid is answered 401. A session that has ended is nobody's, and its cookie is
    cleared. A session with a method that changes something needs the site's own origin, else 403.
    """

    def __init__(self, app: ASGIApp, identity: Identity, site: Site) -> None:
        self._app = app
        self._identity = identity
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["masthead.viewer"] = ANONYMOUS
            bearer, cookies = _credentials(scope)
            if (bearer is not None or cookies) and scope["path"].startswith(_KNOWS_VIEWERS):
                try:
                    send = await self._recognise(scope, send, bearer, cookies)
                except MastheadError as error:
                    more = (_CHALLENGE,) if error.code == "token-invalid" else ()
                    await refuse_request(scope, send, error, *more)
                    return
        await self._app(scope, receive, send)

    async def _recognise(self, scope: Scope, send: Send, bearer: bytes | None, cookies: list[bytes]) -> Send:
        """How to answer whoever it is. Raises AccessError, UnavailableError."""
        if bearer is not None:
            found = await self._identity.of_token(bearer.decode("latin-1"))
            if found is None:
                raise AccessError("token-invalid", "This API token is not valid.", "Make another one.")
            scope[IS_STILL] = still_of_token(self._identity, bearer.decode("latin-1"), found.viewer)
            return _recognised(scope, send, found)
        arrival = self._site.arrival(scope)
        secret = arrival.secret(cookies)
        if secret is None:
            return send
        signed_in = await self._identity.of_session(secret)
        if signed_in is None:
            return _clearing(send, clear_cookie(arrival.cookie))
        if scope["method"] not in SAFE:
            self._check_origin(arrival)
        scope[IS_STILL] = still_of_session(self._identity, secret, signed_in.viewer)
        return _recognised(scope, send, signed_in)

    def _check_origin(self, arrival: Arrival) -> None:
        if not self._site.origins.is_own(arrival.headers):
            raise AccessError(
                "origin-foreign",
                "This request comes from a page of another site, or does not say where it comes from.",
                f"With a session, send `Origin: {arrival.origin}`; programs better use an API token.",
            )


def _credentials(scope: Scope) -> tuple[bytes | None, list[bytes]]:
    """The bearer token, and the Cookie headers that may have ours."""
    bearer, cookies = None, []
    for name, value in scope["headers"]:
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            bearer = value[7:].strip()
        elif name == b"cookie" and b"masthead" in value:
            cookies.append(value)
    return bearer, cookies


def _recognised(scope: Scope, send: Send, found: SignedIn) -> Send:
    scope["masthead.viewer"] = found.viewer
    scope["masthead.session"] = found.session
    if (note := scope.get("masthead.note")) is not None:
        note.account = found.viewer.account

    async def send_privately(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [each for each in message["headers"] if not _is_keeping(each)]
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append(_PRIVATE)
            message = {**message, "headers": headers}
        await send(message)

    return send_privately


def _is_keeping(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name == b"cache-control" and b"no-store" not in value


def _clearing(send: Send, cookie: bytes) -> Send:
    """Takes the cookie of a session that has ended away, unless the answer brings another one."""

    async def send_clearing(message: Message) -> None:
        if message["type"] == "http.response.start" and not any(
            name == b"set-cookie" for name, _ in message["headers"]
        ):
            message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie)]}
        await send(message)

    return send_clearing
