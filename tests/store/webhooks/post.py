"""What the tests of webhooks share: events, receivers and workers."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from masthead.events import Event, Origin, record
from masthead.kernel import new_id, utc_now
from masthead.store import Database

ORIGIN = Origin("cli")
PUBLISHED = "content.entry.published.v1"


@dataclass(frozen=True)
class Received:
    """A request as the receiver has read it."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def event(self) -> str:
        """The id of the event."""
        return self.headers["webhook-id"]


@dataclass(frozen=True)
class Receiver:
    """A receiver that runs."""

    port: int
    file: Path

    def url(self, path: str) -> str:
        """The address of one way to answer."""
        return f"http://127.0.0.1:{self.port}{path}"

    def received(self, path: str) -> list[Received]:
        """What has come there, in order."""
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        return [each for each in (Received(*json.loads(line)) for line in lines) if each.path == path]


@asynccontextmanager
async def receiver(folder: Path) -> AsyncIterator[Receiver]:
    """One, while the block lasts."""
    file = folder / "received.jsonl"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.webhooks.receiver_process", str(file), stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield Receiver(int(await process.stdout.readline()), file)
    finally:
        await kill(process)


@asynccontextmanager
async def worker(url: str) -> AsyncIterator[Process]:
    """A worker process, killed at the end if it lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.webhooks.worker_process", url
    )
    try:
        yield process
    finally:
        await kill(process)


async def kill(process: Process) -> None:
    """With SIGKILL."""
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


async def happen(database: Database, number: int, kind: str = PUBLISHED, **data: object) -> list[str]:
    """Events happen, one after the other; their ids."""
    found = []
    for count in range(number):
        event = Event(kind, new_id(), None, {"type": "post", "number": count, **data})
        async with database.transaction() as transaction:
            await record(transaction, [event], [], utc_now())
    rows = await database.drafts.fetch("SELECT id FROM masthead.event ORDER BY sequence")
    found = [str(row["id"]) for row in rows]
    return found[-number:]


async def states(database: Database) -> dict[str, int]:
    """How many deliveries there are, by state."""
    rows = await database.drafts.fetch(
        "SELECT state, count(*) AS number FROM masthead.webhook_delivery GROUP BY state"
    )
    return {row["state"]: row["number"] for row in rows}


async def until(holds: Callable[[], Awaitable[bool]], within: float = 60.0) -> None:
    """Wait for what must come to hold."""
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110 - tables tell nobody
            await asyncio.sleep(0.05)
