"""Which network addresses a webhook may go to: those that anybody on the internet has.

Whoever may name an address may otherwise have this server ask its own network: a metadata service, a
database's console, itself. So what a name leads to is looked at, and that very address is connected to.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpcore

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""IANA's registry of special-purpose addresses, and multicast."""

_PUBLIC_6 = IPv6Network("2000::/3")
"""The only part of IPv6 that is given to anybody. Mapped and translated IPv4 addresses lie outside of it."""

_NOT_PUBLIC_6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
"""Protocols, documentation, and tunnels (Teredo, 6to4) that have an IPv4 address in them."""


class RefusedAddressError(httpcore.ConnectError):
    """The name leads to an address that webhooks may not go to."""


def is_public(address: Address) -> bool:
    """Whether it is one that anybody on the internet has."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


async def resolve(host: str, port: int, *, may_be_private: bool) -> list[str]:
    """The addresses of a name, each once. Raises RefusedAddressError where any of them is not public,
    ConnectError where there is none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} is not known: {error}") from error
    texts = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not may_be_private:
        for text in texts:
            if not is_public(ip_address(text)):
                raise RefusedAddressError(f"{host} leads to {text}, which is not public.")
    return texts
