"""Methods that no address takes, refused before any of them is asked.

TRACE sends a request back with its cookies for a script to read, and CONNECT makes a proxy of a server. Each
endpoint refuses what it does not know, but what none may ever know is not left to each.
"""

from collections.abc import Mapping

from starlette.types import Scope, Send

from masthead.kernel import InputError
from masthead.roles.api.refusing import refuse_api

NEVER = frozenset({"CONNECT", "TRACE", "TRACK"})
"""TRACK is an old server's name for TRACE."""

_ALLOWED: Mapping[str, bytes] = {
    "graphql": b"GET, POST",
    "rest": b"GET, HEAD, POST, PUT, PATCH, DELETE",
    "changes": b"GET, HEAD, POST",
}
"""What addresses of a class take at most, by `route_class`: RFC 9110, section 15.5.6, asks for it."""


async def refuse_method(scope: Scope, send: Send, kind: str) -> None:
    """Answer 405. `kind` is the request's class."""
    error = InputError("method-not-allowed", f"{scope['method']} is possible nowhere here.", "Use GET.")
    await refuse_api(scope, send, error, (b"allow", _ALLOWED.get(kind, b"GET, HEAD")))
