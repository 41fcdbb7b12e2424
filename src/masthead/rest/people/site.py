"""What a request says of where it comes from, read once: the site's origin, the client, the cookie's name."""

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.rest.people.client import ClientAddress, Scope, read_networks
from masthead.rest.people.cookies import DEVICE, cookie_name, read_cookie
from masthead.rest.people.same_origin import Origins

MOST_AGENT = 200
"""Characters of a User-Agent that are kept with a session."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """`origin` is the site's own, as the browser sees it; `cookie` is the name of its session's cookie."""

    headers: Mapping[bytes, bytes]
    origin: str
    cookie: str
    address: str | None
    agent: str | None
    request: str | None

    def secret(self, values: list[bytes]) -> str | None:
        """The session's cookie among the Cookie headers."""
        return read_cookie(values, self.cookie)


class Site:
    """Reads requests, knowing the site's origins and the proxies in front of it."""

    def __init__(self, origins: str = "", trusted_proxies: str = "") -> None:
        self.origins = Origins(origins)
        self._clients = ClientAddress(read_networks(trusted_proxies))

    def arrival(self, scope: Scope) -> Arrival:
        """What `scope` says."""
        headers = dict(scope["headers"])
        origin = self.origins.own(self._clients.scheme(scope), headers)
        agent = headers.get(b"user-agent")
        note = scope.get("masthead.note")
        return Arrival(
            headers,
            origin,
            cookie_name(origin, is_stated=self.origins.is_stated(origin)),
            self._clients.of(scope),
            agent.decode("latin-1")[:MOST_AGENT] if agent else None,
            getattr(note, "request_id", None),
        )


def device_cookie(session_cookie: str) -> str:
    """The name of the cookie by which a device is known that somebody signed in on before."""
    return session_cookie + DEVICE
