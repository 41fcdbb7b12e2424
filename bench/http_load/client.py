"""A bounded load generator for loopback: keep-alive connections in a process of their own.

`python -m bench.http_load.client` reads a job as JSON from standard input and prints a summary. It stands in
for wrk, which is not there on every machine; it costs about as much CPU a request as what it measures, so on
two cores the figures are those of server and client together.
"""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import cast

WARM_UP = 0.5
"""Seconds before counting begins."""


@dataclass(frozen=True, slots=True)
class Load:
    """One measurement; latencies are in milliseconds, `errors` counts answers that were not 200."""

    requests_per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


def measure(port: int, request: bytes, connections: int = 16, seconds: float = 4.0) -> Load:
    """Send `request` over `connections` at once for `seconds`, each as soon as its last was answered."""
    job = {"port": port, "request": request.decode(), "connections": connections, "seconds": seconds}
    command = [sys.executable, "-m", "bench.http_load.client"]
    printed = subprocess.run(
        command, input=json.dumps(job), capture_output=True, text=True, check=True
    ).stdout
    return Load(**json.loads(printed))


def get(path: str) -> bytes:
    """The bytes of a GET that a browser might send."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\n\r\n".encode()


def post_json(path: str, body: object) -> bytes:
    """The bytes of a POST of JSON."""
    content = json.dumps(body)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n{content}".encode()


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, latencies: list[float], errors: list[bytes]) -> None:
        self._request, self._latencies, self._errors = request, latencies, errors
        self._buffer = b""
        self.is_stopped = False
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class is not a subclass
        self._send()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _content_length(head):
            return
        self._latencies.append(perf_counter() - self._start)
        if b" 200 " not in head[:20]:
            self._errors.append(head)
        self._buffer = b""
        if self.is_stopped:
            self._transport.close()
        else:
            self._send()

    def _send(self) -> None:
        self._start = perf_counter()
        self._transport.write(self._request)


def _content_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0])


async def _run(port: int, request: bytes, count: int, seconds: float) -> Load:
    latencies: list[float] = []
    errors: list[bytes] = []
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(lambda: _Connection(request, latencies, errors), "127.0.0.1", port))[1]
        for _ in range(count)
    ]
    await asyncio.sleep(WARM_UP)
    latencies.clear()
    start = perf_counter()
    await asyncio.sleep(seconds)
    spent, counted = perf_counter() - start, sorted(latencies)
    for connection in connections:
        connection.is_stopped = True
    await asyncio.gather(*(connection.closed for connection in connections))
    return Load(
        round(len(counted) / spent),
        round(counted[len(counted) // 2] * 1000, 2),
        round(counted[len(counted) * 99 // 100] * 1000, 2),
        len(errors),
    )


def _main() -> None:
    import uvloop

    job = json.load(sys.stdin)
    load = uvloop.run(_run(job["port"], job["request"].encode(), job["connections"], job["seconds"]))
    print(json.dumps({name: getattr(load, name) for name in Load.__slots__}))


if __name__ == "__main__":
    _main()
