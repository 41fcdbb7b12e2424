"""1,000 live queries on one process: from publishing to the last client, memory, statements.

`python -m bench.live [--clients N] [--changes N]` fills one PostgreSQL, starts one `masthead serve api` over
it, opens that many event streams (first each a query of its own, of one plan, then all the same), and
publishes a page again and again. Every client's answer is another with each change. Prints the time from
giving the command to the first and to the last client, and from its acknowledgement; p50 and p99 over the
changes. Writes bench/results/live.json.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it brings no types

from bench.engines.running import free_port
from masthead.access import EDITOR, Viewer
from masthead.content.commands import Actor, Changed, Commands, Create, Publish, Save
from masthead.kernel import new_id
from masthead.model import default_model
from masthead.store import apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "live.json"
ALIKE = "query @live { pages(first: 5, orderBy: {title: ASC}) { nodes { title } } }"
OWN = """query ($n: String) @live {
  pages(first: 5, where: {slug: {ne: $n}}, orderBy: {title: ASC}) { nodes { title } }
}"""


class Crowd:
    """Event streams, and when each has last heard which title."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.heard: dict[int, bytes] = {}
        self.awaited = b""
        self.left = 0
        self.first = self.last = 0.0
        self.done = asyncio.Event()

    async def join(self, number: int, *, is_alike: bool) -> None:
        """One more client."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        body = json.dumps(
            {"query": ALIKE} if is_alike else {"query": OWN, "variables": {"n": f"no-{number}"}}
        )
        head = (
            "POST /graphql/stream HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        writer.write(f"{head}{body}".encode())
        self._writers.append(writer)
        self._tasks.append(asyncio.create_task(self._listen(number, reader)))

    async def _listen(self, number: int, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data:"):  # an answer may have several lines
                self.heard[number] = line
                if self.awaited and self.awaited in line:
                    now = time.perf_counter()
                    self.first = self.first or now
                    self.last = now
                    self.left -= 1
                    if not self.left:
                        self.done.set()

    def expect(self, title: str) -> None:
        """From now on note who hears this title."""
        self.awaited, self.left, self.first = title.encode(), len(self._tasks), 0.0
        self.done.clear()

    async def all_there(self) -> None:
        """Return when each has had its first answer."""
        async with asyncio.timeout(120):
            while len(self.heard) < len(self._tasks):  # noqa: ASYNC110 - a look now and then is enough
                await asyncio.sleep(0.02)

    async def leave(self) -> None:
        """All go."""
        for task in self._tasks:
            task.cancel()
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def measure(
    url: str, port: int, pid: int, clients: int, changes: int, *, is_alike: bool
) -> dict[str, Any]:
    """What came of it. Times are milliseconds, memory is bytes."""
    process = psutil.Process(pid)
    async with open_database(url) as database:
        commands, editor = (
            Commands(database, default_model()),
            Actor.of(Viewer(new_id(), frozenset({EDITOR})), "api"),
        )

        async def run(command: Any) -> Changed:
            return (await commands.run(command, editor)).entries[0]

        page = await run(Create("Page", {"title": "A 0", "body": "Text.\n"}))
        await run(Publish(page.entry, page.head))
        crowd = Crowd(port)
        before = process.memory_info().rss
        for number in range(clients):
            await crowd.join(number, is_alike=is_alike)
        await crowd.all_there()
        await asyncio.sleep(1)
        memory = process.memory_info().rss - before
        firsts, lasts, acknowledged = [], [], []
        cpu, statements = process.cpu_times(), _statements(port)
        for number in range(1, changes + 1):
            title = f"A {number} of {changes}"
            page = await run(Save(page.entry, page.head, {"title": title}))
            crowd.expect(title)
            given = time.perf_counter()
            await run(Publish(page.entry, page.head))
            ended = time.perf_counter()
            async with asyncio.timeout(60):
                await crowd.done.wait()
            firsts.append((crowd.first - given) * 1000)
            lasts.append((crowd.last - given) * 1000)
            acknowledged.append((crowd.last - ended) * 1000)
        spent = process.cpu_times()
        sent = (_statements(port) - statements) / changes
        await crowd.leave()
    return {
        "clients": clients,
        "alike": is_alike,
        "memory a client": round(memory / clients),
        "statements a change": round(sent, 2),
        "cpu ms a change": round((spent.user + spent.system - cpu.user - cpu.system) * 1000 / changes, 1),
        "command to first client": _spread(firsts),
        "command to last client": _spread(lasts),
        "acknowledgement to last client": _spread(acknowledged),
    }


def _statements(port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as reply:
        text = reply.read().decode()
    (line,) = [
        each for each in text.splitlines() if each.startswith('masthead_live_statements_total{kind="query"}')
    ]
    return float(line.split()[-1])


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p99": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1),
    }


async def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--changes", type=int, default=30)
    given = parser.parse_args()
    results = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-live-")))
        url = stack.enter_context(embedded_server(folder))
        async with open_database(url) as database:
            await apply_model(database, default_model())
        for is_alike in (False, True):
            port = free_port()
            environment = {
                "DATABASE_URL": url,
                "PORT": str(port),
                "MASTHEAD_LIVE_CLIENTS": str(given.clients + 10),
                "MASTHEAD_LIVE_CLIENTS_EACH": str(given.clients + 10),
                "MASTHEAD_LOG_LEVEL": "warning",
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "masthead.cli", "serve", "api", env={**os.environ, **environment}
            )
            try:
                await _ready(port)
                results.append(
                    await measure(url, port, process.pid, given.clients, given.changes, is_alike=is_alike)
                )
                print(json.dumps(results[-1], indent=2))
            finally:
                process.terminate()
                await process.wait()
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")


async def _ready(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main())
