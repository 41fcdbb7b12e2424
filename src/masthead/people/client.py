"""Who speaks to us: where a sign-in or a change comes from, for sessions, limits and the audit log."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from masthead.events import Origin, Source


@dataclass(frozen=True, slots=True)
class Client:
    """`address` is the network address; `account` and `token` are those that the request is made with."""

    source: Source = "api"
    address: str | None = None
    agent: str | None = None
    request: str | None = None
    account: UUID | None = None
    token: UUID | None = None

    def origin(self, account: UUID | None = None) -> Origin:
        """As the audit log has it. `account` is who it turned out to be."""
        return Origin(self.source, account or self.account, self.token, self.request, self.address)

    def network(self, prefix: int) -> str:
        """What one party has: an IPv4 address, or the first `prefix` bits of an IPv6 address."""
        if self.address is None:
            return "-"
        found = ip_address(self.address)
        if isinstance(found, IPv6Address):
            return str(ip_network((found, prefix), strict=False))
        return str(found)
