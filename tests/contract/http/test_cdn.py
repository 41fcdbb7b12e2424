"""What a CDN is told: with each answer by which tags to drop it, after each change which tags to drop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import orjson
import pytest
from tests.contract.http.conftest import FakeSite
from tests.contract.http.test_kept_answers import Desk

from masthead.kernel.settings import Settings, read_settings
from masthead.model import default_model
from masthead.query.dependencies import Dependencies, spell
from masthead.roles.api.application import Parts, open_application
from masthead.roles.purging import AGAIN, Purge, keep_purging
from masthead.store import Database

KINDS = [
    ("fastly", "surrogate-key", "surrogate-control", " "),
    ("cloudflare", "cache-tag", "cdn-cache-control", ","),
]


@pytest.fixture
def desk(database: Database) -> Desk:
    """An editor's."""
    return Desk(database)


@pytest.mark.parametrize("told", KINDS)
async def test_answers_have_tags_and_a_time(
    database: Database, settings: Settings, site: FakeSite, desk: Desk, told: tuple[str, str, str, str]
) -> None:
    """Pages and answers to GET, the first time already; not what is refused, and not answers to POST."""
    kind, tags, control, between = told
    entry = await desk.publish("a")
    shown = Dependencies(frozenset([entry]), types=frozenset(["Tag"]))
    site.put("/tags/a", "a", x_masthead_depends=spell(shown, 1000) or "")
    site.put("/oops", "oops", 500)
    given = settings.model_copy(update={"cdn_seconds": 600, "cdn_stale_seconds": 30, "cdn_kind": kind})
    async with open_application(Parts(database, default_model(), given)) as application:
        transport = httpx.ASGITransport(application.asgi)
        async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as http:
            for path, cache_control in (("/tags/a", "no-cache"), ("/api/tags/a", None)):
                for _ in range(2):
                    answer = await http.get(path)
                    assert {"masthead", entry.hex} <= set(answer.headers[tags].split(between))
                    assert answer.headers[control] == "max-age=600, stale-while-revalidate=30"
                    assert cache_control in (None, answer.headers["cache-control"])
            several = await http.get("/api/tags")
            assert "type-Tag" in several.headers[tags].split(between)
            for refused in (await http.get("/api/nope"), await http.get("/oops"), await http.get("/graphql")):
                assert tags not in refused.headers
                assert control not in refused.headers
            for _ in range(3):
                assert tags not in (await http.post("/graphql", json={"query": "{ __typename }"})).headers


async def test_without_the_setting_nobody_is_told(client: httpx.AsyncClient, desk: Desk) -> None:
    """Tags tell what an answer is made of."""
    await desk.publish("a")
    for _ in range(3):
        answer = await client.get("/api/tags/a")
        assert not {"surrogate-key", "cache-tag", "cdn-cache-control", "surrogate-control"} & set(
            answer.headers
        )


@dataclass
class FakeCdn:
    """A CDN's door, which notes what it is told, and refuses as long as a test says."""

    url: str = ""
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    status: int = 200
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
        told = {name.lower(): value for name, value in (line.split(": ", 1) for line in head)}
        body = await reader.readexactly(int(told.get("content-length", "0")))
        async with self.heard:
            self.heads.append(told)
            self.bodies.append(body)
            self.heard.notify_all()
        writer.write(f"HTTP/1.1 {self.status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async def wait(self, is_enough: Callable[[], bool]) -> None:
        """Until enough was told; for at most ten seconds."""
        async with asyncio.timeout(10), self.heard:
            await self.heard.wait_for(is_enough)

    def tags(self) -> set[str]:
        """All that it was told to drop."""
        sent = {tag for body in self.bodies if body for tag in orjson.loads(body)["tags"]}
        return sent | {tag for head in self.heads for tag in head.get("surrogate-key", "").split()}


@pytest.fixture
async def cdn() -> AsyncIterator[FakeCdn]:
    """A CDN on a loopback port."""
    fake = FakeCdn()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/purge"
    async with server:
        yield fake


@pytest.mark.parametrize("kind", ["fastly", "cloudflare"])
async def test_each_change_is_told(database: Database, desk: Desk, cdn: FakeCdn, kind: str) -> None:
    """First everything, then of each change the entries and types that it touched, with the token."""
    given = read_settings(cdn_purge_url=cdn.url, cdn_purge_token="s3cret", cdn_kind=kind)
    telling = asyncio.create_task(keep_purging(database, given))
    try:
        await cdn.wait(lambda: "masthead" in cdn.tags())
        entry = await desk.publish("a")
        await cdn.wait(lambda: {entry.hex, "type-Tag", "masthead-unknown"} <= cdn.tags())
        assert "s3cret" in str(cdn.heads[0])
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def test_what_a_cdn_refuses_it_is_told_again(database: Database, desk: Desk, cdn: FakeCdn) -> None:
    """Together with what came meanwhile: nothing is lost."""
    given = read_settings(cdn_purge_url=cdn.url, cdn_purge_token="s3cret", cdn_kind="cloudflare")
    telling = asyncio.create_task(keep_purging(database, given))
    try:
        await cdn.wait(lambda: "masthead" in cdn.tags())
        cdn.status = 503
        entry = await desk.publish("a")
        await cdn.wait(lambda: entry.hex in cdn.tags())
        cdn.status = 200
        cdn.bodies.clear()
        await cdn.wait(lambda: entry.hex in cdn.tags())
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def test_a_tag_is_told_twice() -> None:
    """An answer that left before a change may arrive behind the first time."""
    purge = Purge()
    assert purge.due(0.0) == ["masthead"]
    purge.told(0.0)
    purge.add(("a", "b"))
    assert purge.due(1.0) == ["a", "b"]
    purge.told(1.0)
    assert purge.due(2.0) == []
    assert purge.due(AGAIN) == ["masthead"]
    purge.told(AGAIN)
    assert purge.due(AGAIN + 1.0) == ["a", "b"]
    purge.told(AGAIN + 1.0)
    assert purge.due(AGAIN * 9) == []
