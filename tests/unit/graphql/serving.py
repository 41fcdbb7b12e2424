"""A reader that we own, and an HTTP client that speaks to the endpoint in this process."""

from collections.abc import Sequence
from typing import Any

import httpx

from masthead.graphql import Documents, Engine, Limits, graphql_endpoint
from masthead.model import default_model


class CannedReader:
    """Answers every statement alike, and remembers what it was asked."""

    def __init__(self, answer: bytes | Exception = b'{"posts":null}') -> None:
        self.answer = answer
        self.asked: list[tuple[str, Sequence[Any]]] = []

    async def fetch_rows(self, sql: str, arguments: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """The canned value, or the canned error."""
        self.asked.append((sql, arguments))
        if isinstance(self.answer, Exception):
            raise self.answer
        return [(self.answer,)]


def an_engine(reader: CannedReader | None = None, limits: Limits | None = None) -> Engine:
    """An engine over the default publication."""
    return Engine(default_model(), reader or CannedReader(), limits=limits)


def client(engine: Engine, documents: Documents | None = None) -> httpx.AsyncClient:
    """A client of the endpoint."""
    transport = httpx.ASGITransport(graphql_endpoint(engine, documents))  # type: ignore[arg-type]  # ASGI, spelled otherwise
    return httpx.AsyncClient(transport=transport, base_url="http://test")
