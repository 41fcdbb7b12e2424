"""The bridge to NATS JetStream, over a real nats-server: every event once, in order, whoever dies."""

import asyncio
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nats
import orjson
import pytest

from masthead.events import Event, Relay, head_position, record_events
from masthead.events.sinks import NatsSink, run_sink
from masthead.kernel import InputError, UnavailableError, new_id, utc_now
from masthead.store import Database

SERVER = shutil.which("nats-server", path=str(Path(sys.executable).parent))
SOURCE = "https://example.org"


@dataclass
class Nats:
    """A server with JetStream on a port of its own, which keeps what it has when it is killed."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        assert SERVER is not None, "nats-server is not installed: requirements/dev.in has it"
        options = ["-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder)]
        self.process = subprocess.Popen([SERVER, *options], stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Nats]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = Nats(tmp_path, port)
    found.start()
    yield found
    found.kill()


async def _record(database: Database, number: int) -> None:
    async with database.transaction() as transaction:
        events = [Event("content.entry.saved.v1", new_id(), new_id(), {"n": n}) for n in range(number)]
        await record_events(transaction, events, utc_now())


async def _source() -> str:
    return SOURCE


@asynccontextmanager
async def _running(database: Database, sink: NatsSink) -> AsyncIterator[None]:
    """A relay and the bridge."""
    tasks = [
        asyncio.create_task(Relay(database).run()),
        asyncio.create_task(run_sink(database, sink, _source)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await sink.close()


async def _cursor(database: Database) -> int:
    rows = await database.drafts.fetch("SELECT position FROM masthead.consumer WHERE name = 'sink:nats'")
    return int(rows[0]["position"]) if rows else 0


async def _all_handed_over(database: Database, number: int) -> None:
    await _sequenced(database, number)
    async with asyncio.timeout(60):
        while await _cursor(database) < number:  # noqa: ASYNC110 - another task's cursor is in the database
            await asyncio.sleep(0.02)


async def _sequenced(database: Database, number: int) -> None:
    async with asyncio.timeout(60):
        while await head_position(database.drafts) < number:  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.02)


async def _messages(server: Nats) -> list[tuple[str, dict[str, str], dict[str, object]]]:
    """What the stream has: subject, headers, content."""
    client = await nats.connect(server.url)
    try:
        context = client.jetstream()
        there = (await context.stream_info("masthead")).state.messages
        pulled = await context.pull_subscribe("masthead.>", stream="masthead")
        found = []
        while len(found) < there:
            found += await pulled.fetch(there - len(found), timeout=10)
        return [(each.subject, dict(each.headers or {}), orjson.loads(each.data)) for each in found]
    finally:
        await client.close()


def _positions(messages: list[tuple[str, dict[str, str], dict[str, object]]]) -> list[int]:
    return [int(str(content["position"])) for _, _, content in messages]


async def test_every_event_is_a_message(database: Database, server: Nats) -> None:
    await _record(database, 120)
    async with _running(database, NatsSink(server.url)):
        await _all_handed_over(database, 120)
    messages = await _messages(server)
    assert _positions(messages) == list(range(1, 121))
    subject, headers, content = messages[0]
    assert subject == "masthead.content.entry.saved.v1"
    assert (headers["Nats-Msg-Id"], content["source"]) == (content["id"], SOURCE)


async def test_what_is_sent_again_is_there_once(database: Database, server: Nats) -> None:
    """As after a process that died before it could remember how far it had come."""
    await _record(database, 60)
    async with _running(database, NatsSink(server.url)):
        await _all_handed_over(database, 60)
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE masthead.consumer SET position = 0 WHERE name = 'sink:nats'")
    await _record(database, 10)
    async with _running(database, NatsSink(server.url)):
        await _all_handed_over(database, 70)
    assert _positions(await _messages(server)) == list(range(1, 71))


async def test_nothing_is_lost_while_the_server_is_away(database: Database, server: Nats) -> None:
    """Killed, away, and back: what it had acknowledged it has, what it had not it gets."""
    await _record(database, 100)
    async with _running(database, NatsSink(server.url)):
        await _all_handed_over(database, 100)
        server.kill()
        await _record(database, 100)
        await _sequenced(database, 200)
        assert await _cursor(database) == 100
        server.start()
        await _all_handed_over(database, 200)
    assert _positions(await _messages(server)) == list(range(1, 201))


async def test_a_server_that_is_not_there_is_told(server: Nats) -> None:
    server.kill()
    sink = NatsSink(server.url)
    with pytest.raises(UnavailableError, match="NATS did not take the events"):
        await sink.send([{"id": "1", "type": "content.entry.saved.v1"}])
    server.start()


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nats", None)
    with pytest.raises(InputError, match=r"masthead\[nats\]|not installed"):
        NatsSink("nats://127.0.0.1:1")
