"""What the GraphQL endpoint itself costs: the same rows from memory behind bare ASGI, behind the endpoint, by
a persisted query's hash, and encoded. Microseconds a request, the fastest of interleaved rounds.

    python -m bench.endpoint
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from time import perf_counter
from typing import Any

from masthead.graphql import Engine, graphql_endpoint
from masthead.model import default_model
from masthead.roles.api.compression import Compressed

ROUNDS, REQUESTS = 100, 400
DOCUMENT = (
    "query Newest($n: Int) { posts(first: $n) { nodes { title slug authors { name } tags { name } } } }"
)
ROW = b'{"title":"A title of an entry","slug":"a-title","authors":[{"name":"Ann"}],"tags":[{"name":"one"}]}'
ROWS = b"[" + b",".join([ROW] * 20) + b"]"
APQ = {"persistedQuery": {"version": 1, "sha256Hash": sha256(DOCUMENT.encode()).hexdigest()}}

Application = Callable[[Any, Any, Any], Awaitable[None]]


class Memory:
    """Rows that are there already."""

    async def fetch_rows(self, _: str, __: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """One row of one value."""
        return [(ROWS,)]


async def bare(_: Any, receive: Any, send: Any) -> None:
    """The least that an ASGI application does for such a reply."""
    await receive()
    await Memory().fetch_rows("")
    body = b'{"data":{"posts":{"nodes":%b}}}' % ROWS
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def main() -> None:
    """Print the table."""
    endpoint = graphql_endpoint(Engine(default_model(), Memory()))
    layered = Compressed(endpoint)
    asked = {"operationName": "Newest", "variables": {"n": 20}}
    document, persisted = asked | {"query": DOCUMENT}, asked | {"extensions": APQ}
    await _round(endpoint, asked | {"query": DOCUMENT, "extensions": APQ}, b"", 1)
    cases: dict[str, tuple[Application, dict[str, Any], bytes]] = {
        "bare ASGI": (bare, document, b""),
        "a document": (endpoint, document, b""),
        "a persisted query": (endpoint, persisted, b""),
        "a document, layer, identity": (layered, document, b"identity"),
        "a document, layer, zstd": (layered, document, b"gzip, br, zstd"),
        "a document, layer, gzip": (layered, document, b"gzip"),
    }
    best = dict.fromkeys(cases, float("inf"))
    for _ in range(ROUNDS):
        for name, case in cases.items():
            best[name] = min(best[name], await _round(*case, REQUESTS))
    print(f"{len(ROWS):,} bytes of rows\n\n| | µs | of bare |\n|---|---|---|")
    for name, seconds in best.items():
        print(f"| {name} | {seconds * 1e6:.1f} | {seconds / best['bare ASGI']:.1f} |")


async def _round(application: Application, asked: dict[str, Any], encoding: bytes, count: int) -> float:
    body = json.dumps(asked).encode()
    headers = [
        (b"host", b"localhost"),
        (b"accept", b"application/json"),
        (b"accept-encoding", encoding),
        (b"content-type", b"application/json"),
    ]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message.get("status", 200) != 200:
            raise AssertionError(message)

    start = perf_counter()
    for _ in range(count):
        await application(dict(scope), receive, send)
    return (perf_counter() - start) / count


if __name__ == "__main__":
    asyncio.run(main())
