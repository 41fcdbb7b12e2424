"""A relay that dies, is stopped or ends is followed by another one within five seconds."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from tests.story.events.role_process import RoleProcess

from masthead.events import Event, head_position, read_events, record
from masthead.kernel import utc_now
from masthead.store import Database

WITHIN = 5.0
"""Seconds: what is promised."""


@pytest.fixture
def relays(database_url: str, tmp_path: Path) -> Iterator[list[RoleProcess]]:
    """Two of them, as `masthead serve relay` starts them."""
    started = [RoleProcess("relay", tmp_path / f"relay{number}.log", database_url) for number in range(2)]
    yield started
    for each in started:
        each.end()


async def leader(relays: list[RoleProcess], but: RoleProcess | None = None) -> RoleProcess:
    """The first one that leads, once one does."""
    async with asyncio.timeout(60):
        while True:
            for each in relays:
                if each is not but and each.logged("relay.leads"):
                    return each
            await asyncio.sleep(0.01)


async def happen(database: Database) -> None:
    """Something happens."""
    async with database.transaction() as transaction:
        await record(transaction, [Event("content.entry.saved.v1")], [], utc_now())


async def has_position(database: Database, wanted: int) -> None:
    """Return once so many events have their positions."""
    while await head_position(database.drafts) < wanted:  # noqa: ASYNC110 - other processes do it
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM])
async def test_another_relay_takes_over(
    database: Database, relays: list[RoleProcess], how: signal.Signals
) -> None:
    """Also from one that is stopped, and holds its connection: the server ends that."""
    first = await leader(relays)
    await happen(database)
    await has_position(database, 1)
    began = perf_counter()
    first.send(how)
    await happen(database)
    async with asyncio.timeout(WITHIN):
        await has_position(database, 2)
    print(f"{how.name}: {perf_counter() - began:.2f} s")  # noqa: T201 - shown with `-s`
    assert await leader(relays, but=first) is not first


async def test_one_that_was_stopped_comes_back_as_the_second(
    database: Database, relays: list[RoleProcess]
) -> None:
    """Continued, it finds its session gone, and waits for its turn: positions stay dense."""
    first = await leader(relays)
    first.send(signal.SIGSTOP)
    await happen(database)
    async with asyncio.timeout(WITHIN):
        await has_position(database, 1)
    first.send(signal.SIGCONT)
    async with asyncio.timeout(60):
        while not first.logged("relay.interrupted"):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.01)
    for _ in range(20):
        await happen(database)
    async with asyncio.timeout(60):
        await has_position(database, 21)
    assert [each.position for each in await read_events(database.drafts, 0)] == list(range(1, 22))
    assert first.logged("relay.leads") == 1
