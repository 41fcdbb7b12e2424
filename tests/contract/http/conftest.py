"""The whole API application over a real database, with a site of our own behind it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from masthead.kernel import new_id
from masthead.kernel.settings import Settings, read_settings
from masthead.model import default_model
from masthead.roles.api.application import Application, Parts, open_application
from masthead.store import CHANGES, Database

HTML = "text/html; charset=utf-8"


@dataclass
class FakeSite:
    """A site that answers what a test says, when the test lets it, and remembers what it was asked."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    _serving: set["asyncio.Task[None]"] = field(default_factory=set)

    def put(self, target: str, body: str, status: int = 200, **headers: str) -> None:
        """Answer `target` so from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[target] = (status, {"content-type": HTML, **named}, body.encode())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection: a test needs no more."""
        self._serving.add(task := asyncio.current_task())  # type: ignore[arg-type]  # inside a task
        try:
            await self._answer(reader, writer)
        finally:
            self._serving.discard(task)  # type: ignore[arg-type]
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def stop(self) -> None:
        """Let go of everybody who still waits."""
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        target = head.split(" ", 2)[1]
        self.asked.append(target)
        self.heads.append(head)
        self.is_asked.set()
        status, headers, body = self.pages.get(target, (404, {"content-type": HTML}, b"nothing"))
        await self.may_answer.wait()
        lines = [f"HTTP/1.1 {status} Whatever", f"content-length: {len(body)}", "connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()


@pytest.fixture
async def site() -> AsyncIterator[FakeSite]:
    """A fake site on a loopback port, which answers at once unless told otherwise."""
    fake = FakeSite()
    fake.may_answer.set()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield fake
        await fake.stop()


@pytest.fixture
def settings(site: FakeSite, tmp_path: Path) -> Settings:
    """The API's settings: the fake site, an empty data folder, no built files."""
    return read_settings(
        site_url=site.url,
        site_timeout=2.0,
        data=tmp_path,
        site_directory=tmp_path,
        request_kb=4,
        graphiql=True,
    )


@pytest.fixture
async def application(database: Database, settings: Settings, tmp_path: Path) -> AsyncIterator[Application]:
    """The application, listening to changes."""
    state = tmp_path / "restarts.json"
    state.write_text(json.dumps({"site": 2}))
    async with open_application(Parts(database, default_model(), settings, state)) as opened:
        yield opened


@pytest.fixture
async def client(application: Application) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP against the application; redirects are shown, not followed."""
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as opened:
        yield opened


async def add_entry(database: Database, type_name: str, *paths: str) -> UUID:
    """A published entry whose own address is the first of `paths`; the others lead to it."""
    entry = new_id()
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.entry (id, type, head, published, created_at, updated_at)"
            " VALUES ($1, $2, $3, $3, now(), now())",
            entry,
            default_model()[type_name].identity,
            new_id(),
        )
        for path in paths:
            await transaction.execute(
                "INSERT INTO live._route (path, entry_id, is_canonical) VALUES ($1, $2, $3)",
                path,
                entry,
                path == paths[0],
            )
    return entry


async def change(database: Database) -> None:
    """Something public changes, as an import would do it."""
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = number + 1")
    await database.notify(CHANGES)


async def change_and_hear(database: Database, application: Application) -> None:
    """Announce a change and wait until the application has dropped what it remembered."""
    events = application.changes.events()
    await anext(events)  # the number as it is: from here on the stream listens
    await change(database)
    heard = await anext(events)
    assert heard.startswith(b"data: ")
    await events.aclose()
