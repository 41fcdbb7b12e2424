"""Whether a browser's request comes from the site's own pages.

A cookie goes along with whatever a browser sends, so what changes something must show its Origin (or, where
a browser sends none, Sec-Fetch-Site): the first of OWASP's defences against forged requests. The cookie is
SameSite=Lax besides.
"""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, section 9.2.1)."""

_PORTS = {"http": 80, "https": 443}


class Origins:
    """The site's own origins: those that are given, else the one that the Host header names."""

    def __init__(self, given: str = "") -> None:
        self._given = tuple(each.strip().rstrip("/").lower() for each in given.split(",") if each.strip())

    @property
    def first(self) -> str | None:
        """What links begin with, where a setting says it."""
        return self._given[0] if self._given else None

    @property
    def is_only_https(self) -> bool:
        """Whether a setting says that browsers come over HTTPS alone, and not from this very machine."""
        secure = [each.startswith("https://") and not is_loopback(each) for each in self._given]
        return bool(secure) and all(secure)

    def own(self, scheme: str, headers: Mapping[bytes, bytes]) -> str:
        """The origin that this request was sent to, as far as links and cookies go."""
        host = headers.get(b"host", b"").decode("latin-1")
        asked = f"{scheme}://{host.lower()}"
        return asked if not self._given or asked in self._given else self._given[0]

    def is_stated(self, origin: str) -> bool:
        """Whether a setting says that this is one of the site's own."""
        return origin in self._given

    def is_own(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether the request was made by one of the site's own pages; False where it does not say."""
        origin = headers.get(b"origin")
        if origin is None:
            # `none`: typed or bookmarked, so nobody else's page.
            return headers.get(b"sec-fetch-site", b"") in (b"same-origin", b"none")
        return self._is_ours(origin.decode("latin-1").lower(), headers)

    def is_foreign(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether the request says that it was made by a page of somebody else. Programs say nothing."""
        says = b"origin" in headers or b"sec-fetch-site" in headers
        return says and not self.is_own(headers)

    def _is_ours(self, origin: str, headers: Mapping[bytes, bytes]) -> bool:
        if self._given:
            return origin in self._given
        scheme, _, authority = origin.partition("://")
        host = headers.get(b"host", b"").decode("latin-1").lower()
        return bool(authority) and scheme in _PORTS and _bare(authority, scheme) == _bare(host, scheme)


def is_loopback(origin: str) -> bool:
    """Whether an origin is this very machine, by its name or address."""
    try:
        host = urlsplit(origin).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ip_address(host).is_loopback
    except ValueError:
        return False


def _bare(authority: str, scheme: str) -> str:
    """Without the port that goes without saying."""
    return authority.removesuffix(f":{_PORTS[scheme]}")
