"""Webhooks over HTTP: one POST, no redirects, bounded in time and in bytes, to public addresses only."""

import asyncio
from importlib.metadata import version

import httpcore
import structlog

from masthead.roles.webhooks.pinned import PinnedBackend
from masthead.webhooks import Message, Reply

log = structlog.get_logger("masthead.webhooks")

LARGEST = 16 * 1024
"""Bytes of an answer that are read; the connection is closed behind them."""

_FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError)


class Sender:
    """Sends messages; an attempt may take `timeout` seconds in all."""

    def __init__(self, *, timeout: float, may_be_private: bool) -> None:
        self._timeout = timeout
        self._backend = PinnedBackend(may_be_private=may_be_private)
        self._agent = f"Masthead/{version('masthead')}"

    async def __call__(self, message: Message) -> Reply:
        """What the receiver has answered, or why it has not."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._post(message)
        except TimeoutError:
            return Reply(None, error=f"No answer within {self._timeout:g} seconds.")
        except _FAILURES as error:
            return Reply(None, error=f"{type(error).__name__}: {error}".rstrip(": ")[:500])
        except Exception as error:  # an answer that no library foresaw is the receiver's fault, not ours
            log.warning("webhook.defect", url=message.url, exc_info=True)
            return Reply(None, error=f"{type(error).__name__}: {error}"[:500])

    async def _post(self, message: Message) -> Reply:
        headers = [("user-agent", self._agent), ("accept-encoding", "identity"), *message.headers.items()]
        # A pool for each request: nothing of one receiver, not even a connection, is left for another.
        async with (
            httpcore.AsyncConnectionPool(network_backend=self._backend) as pool,
            pool.stream("POST", message.url, headers=headers, content=message.body) as response,
        ):
            return Reply(response.status, await _beginning(response), _retry_after(response))


async def _beginning(response: httpcore.Response) -> bytes:
    found = bytearray()
    try:
        async for chunk in response.aiter_stream():
            found += chunk
            if len(found) >= LARGEST:
                break
    except httpcore.ProtocolError:  # the status has come; how the answer ends does not matter
        pass
    return bytes(found[:LARGEST])


def _retry_after(response: httpcore.Response) -> str | None:
    for name, value in response.headers:
        if name.lower() == b"retry-after":
            return value.decode("latin-1")
    return None
