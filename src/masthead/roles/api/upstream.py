"""The site's Node process, over loopback: asked to render, never trusted with time or memory without end."""

from dataclasses import dataclass

import httpcore

from masthead.kernel import UnavailableError

Header = tuple[bytes, bytes]

LARGEST = 32 * 1024 * 1024
"""Bytes of one rendered response."""

CONNECTIONS = 16
"""Renders under way at once: Node renders on one core, so more would only wait inside it."""

_HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"te", b"trailer",
    b"transfer-encoding", b"upgrade", b"proxy-connection",
})  # fmt: skip
"""RFC 9110, section 7.6.1: they speak of one connection, not of the message."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What Node answered, whole. Header names are lower case; hop-by-hop ones are gone."""

    status: int
    headers: tuple[Header, ...]
    content: bytes

    def head(self, name: bytes) -> bytes:
        """The value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key == name), b"")


class Upstream:
    """A pool of connections to the site's process at `url`; one answer may take `timeout` seconds."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeouts = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)}
        # Node closes an idle connection after 5 seconds; we do so before it does.
        self._pool = httpcore.AsyncConnectionPool(max_connections=CONNECTIONS, keepalive_expiry=4.0)

    async def fetch(self, target: str, headers: list[Header]) -> Rendered:
        """GET `target` (path and query). Raises UnavailableError when Node does not answer well."""
        try:
            return await self._fetch(target, headers)
        except httpcore.RemoteProtocolError:
            return await self._again(target, headers)
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise _unavailable(target, error) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def _again(self, target: str, headers: list[Header]) -> Rendered:
        """A kept-alive connection that Node closed as we wrote: a GET may be sent once more."""
        try:
            return await self._fetch(target, headers)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _unavailable(target, error) from error

    async def _fetch(self, target: str, headers: list[Header]) -> Rendered:
        async with self._pool.stream(
            "GET", self._url + target, headers=headers, extensions=self._timeouts
        ) as response:
            content = bytearray()
            async for chunk in response.aiter_stream():
                content += chunk
                if len(content) > LARGEST:
                    raise UnavailableError("site-too-large", "The site's answer has no end.")
        kept = tuple(
            (name.lower(), value) for name, value in response.headers if name.lower() not in _HOP_BY_HOP
        )
        return Rendered(response.status, kept, bytes(content))


def _unavailable(target: str, error: Exception) -> UnavailableError:
    return UnavailableError(
        "site-unavailable",
        "The site does not answer.",
        "It is being started again; the log of the site role says more.",
        context={"target": target, "error": f"{type(error).__name__}: {error}"},
    )
