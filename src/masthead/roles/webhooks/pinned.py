"""Connections to the very addresses that were looked at."""

from collections.abc import Iterable

import httpcore
from httpcore import SOCKET_OPTION

from masthead.roles.webhooks.addresses import resolve

MOST_TRIED = 3
"""Addresses of one name."""


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name once, and connects to what it has found and checked. Host and SNI stay the name's:
    httpcore takes them from the URL, which nobody rewrites."""

    def __init__(self, *, may_be_private: bool) -> None:
        self._may_be_private = may_be_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """To the first address that answers. Raises ConnectError."""
        addresses = await resolve(host, port, may_be_private=self._may_be_private)
        failed: Exception = httpcore.ConnectError(f"{host} has no address.")
        for address in addresses[:MOST_TRIED]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed
