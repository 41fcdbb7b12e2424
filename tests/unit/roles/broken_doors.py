"""Every door of the API asked once, over something that breaks: what this process logs is what a test reads.

A process of its own, because a logger keeps the stream that it wrote to first.
"""

import asyncio
import sys
from typing import Any

import httpx
from tests.unit.graphql.serving import CannedReader

from masthead.graphql import Engine, graphql_endpoint
from masthead.kernel.telemetry import configure_logging
from masthead.model import default_model
from masthead.rest import Rest, rest_endpoint
from masthead.roles.api.access import Access
from masthead.roles.api.metrics import Metrics
from masthead.store.failure import failure


def doors(error: Exception) -> dict[str, Any]:
    """What answers, by the address that is asked."""

    async def page(*_: Any) -> None:
        raise error

    reader: Any = CannedReader(error)
    return {
        "/api/posts": rest_endpoint(Rest(default_model(), reader)),
        "/graphql?query={posts{totalCount}}": graphql_endpoint(Engine(default_model(), reader)),
        "/": page,
    }


async def ask(error: Exception) -> None:
    """Ask them all."""
    for address, door in doors(error).items():
        transport = httpx.ASGITransport(Access(door, Metrics()))
        async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as client:
            answer = await client.get(address)
        if answer.status_code < 500 or "within" in answer.text:
            raise AssertionError(address, answer.status_code, answer.text)


async def main() -> None:
    """A defect of ours, and a database whose certificate is wrong."""
    await ask(RuntimeError("a defect within"))
    await ask(failure(OSError("a certificate within")))


if __name__ == "__main__":
    configure_logging("api", "json", "info", sys.stdout)
    asyncio.run(main())
