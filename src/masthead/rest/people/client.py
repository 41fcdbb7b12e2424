"""Where a request comes from: the client's own address, also behind proxies that we trust, and no others."""

from collections.abc import Mapping, MutableMapping, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Scope = MutableMapping[str, Any]
Networks = Sequence[IPv4Network | IPv6Network]


def read_networks(text: str) -> Networks:
    """Networks with commas between. Raises ValueError, which names the one that is none."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


class ClientAddress:
    """Finds out who is at the other end. A header says nothing unless a trusted proxy has sent it."""

    def __init__(self, trusted: Networks = ()) -> None:
        self._trusted = trusted

    def of(self, scope: Scope) -> str | None:
        """The address of the client: behind trusted proxies, the last in X-Forwarded-For that is not one
        of theirs. What stands before it anybody may have written."""
        peer = _peer(scope)
        if peer is None or not self._is_trusted(peer):
            return peer
        for hop in reversed(_forwarded(scope["headers"])):
            found = _plain(hop)
            if found is None:
                return peer
            if not self._is_trusted(found):
                return found
            peer = found
        return peer

    def scheme(self, scope: Scope) -> str:
        """http or https, as the browser speaks it."""
        peer = _peer(scope)
        if peer is not None and self._is_trusted(peer):
            for name, value in scope["headers"]:
                if name == b"x-forwarded-proto":
                    return "https" if value.split(b",")[-1].strip().lower() == b"https" else "http"
        return str(scope.get("scheme", "http"))

    def _is_trusted(self, address: str) -> bool:
        if not self._trusted:
            return False
        found = ip_address(address)
        return any(found in network for network in self._trusted)


def _peer(scope: Mapping[str, Any]) -> str | None:
    client = scope.get("client")
    return _plain(client[0]) if client else None


def _forwarded(headers: Sequence[tuple[bytes, bytes]]) -> list[str]:
    values = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [hop.strip() for value in values for hop in value.split(",")]


def _plain(text: str) -> str | None:
    """An address without a port or zone; one of IPv4 inside IPv6 as what it is. None for no address."""
    try:
        found = ip_address(text.partition("%")[0].strip("[]"))
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found)
