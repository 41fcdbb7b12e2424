"""The hard case: twelve writers whose transactions overlap, some rolled back, and always one that is long.

Numbers are taken in another order than transactions commit in: each waits between its events and its
commit. What has committed is written down in the same transaction, apart from the events.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from tests.store.events.witness import Written

from masthead.events import Event, record
from masthead.kernel import new_id
from masthead.store import FAILURES, Transaction

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

KILLED = (*FAILURES, asyncpg.InternalClientError)
"""What the driver raises when the server is killed; the last, when its connection breaks in its hands."""

_TABLES = """
CREATE SCHEMA proof;
CREATE TABLE proof.entry (id uuid PRIMARY KEY, version int NOT NULL DEFAULT 0);
CREATE TABLE proof.written (tag text PRIMARY KEY, entry uuid NOT NULL, version int NOT NULL);
CREATE TABLE proof.long (at timestamptz);
"""
_LOCK = "UPDATE proof.entry SET version = version + 1 WHERE id = $1 RETURNING version"


@dataclass(frozen=True, slots=True)
class Load:
    """How much is written. `longest` is the pause before a commit, in seconds."""

    seed: int = 7
    writers: int = 12
    transactions: int = 40
    entries: int = 20
    longest: float = 0.02
    rolled_back: float = 0.15


async def prepare(url: str) -> None:
    """The tables of the proof."""
    connection = await asyncpg.connect(url)
    await connection.execute(_TABLES)
    await connection.close()


async def write(url: str, load: Load) -> None:
    """All writers, each on a connection of its own."""
    entries = await _entries(url, load)
    await asyncio.gather(*(_writer(url, load, number, entries) for number in range(load.writers)))


async def write_until(url: str, load: Load, over: asyncio.Event) -> None:
    """All writers, whatever happens to the server, until it is over."""
    entries = await _entries(url, load)

    async def keep(number: int) -> None:
        life = 0
        while not over.is_set():
            life += 1
            with suppress(*KILLED):
                await _writer(url, replace(load, seed=load.seed + life), number, entries, f"{life}:", over)
            await asyncio.sleep(0.1)

    await asyncio.gather(*(keep(number) for number in range(load.writers)))


async def _entries(url: str, load: Load) -> list[UUID]:
    connection = await asyncpg.connect(url)
    entries = sorted(new_id() for _ in range(load.entries))
    await connection.executemany("INSERT INTO proof.entry (id) VALUES ($1)", [(each,) for each in entries])
    await connection.close()
    return entries


async def written(url: str) -> list[Written]:
    """What has committed."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT tag, entry, version FROM proof.written")
    await connection.close()
    return [Written(row["tag"], row["entry"], row["version"]) for row in rows]


@asynccontextmanager
async def long_transactions(url: str, lasting: float = 0.5) -> AsyncIterator[None]:
    """While the block lasts one transaction is always open that has written something, and has a snapshot:
    the next begins before it ends."""

    async def hold() -> None:
        connection = await asyncpg.connect(url)
        try:
            while True:
                async with connection.transaction(isolation="repeatable_read"):
                    await connection.execute("INSERT INTO proof.long VALUES (now())")
                    await asyncio.sleep(2 * lasting)
        finally:
            connection.terminate()

    async def keep(delay: float) -> None:
        await asyncio.sleep(delay)
        while True:
            with suppress(*KILLED):
                await hold()
            await asyncio.sleep(0.1)

    tasks = [asyncio.create_task(keep(delay)) for delay in (0.0, lasting)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _writer(
    url: str, load: Load, number: int, entries: list[UUID], life: str = "", over: asyncio.Event | None = None
) -> None:
    chance = random.Random(f"{load.seed}:{number}")
    connection = await asyncpg.connect(url)
    # No two hosts have the same clock: ids and times tell nothing of the order.
    now = NOON + timedelta(seconds=chance.uniform(-60, 60))
    try:
        for turn in range(load.transactions):
            if over is not None and over.is_set():
                return
            transaction = connection.transaction()
            await transaction.start()
            await _change(Transaction(connection), chance, f"{life}{number}:{turn}", entries, now)
            await asyncio.sleep(chance.uniform(0, load.longest))
            is_undone = chance.random() < load.rolled_back
            await (transaction.rollback() if is_undone else transaction.commit())
    finally:
        connection.terminate()


async def _change(
    transaction: Transaction, chance: random.Random, name: str, entries: list[UUID], now: datetime
) -> None:
    """As a command does it: the rows of the entries are locked in one order, then the events are written."""
    events: list[Event] = []
    for entry in sorted(chance.sample(entries, chance.randint(1, 2))):
        version = await transaction.fetch_value(_LOCK, entry)
        tag = f"{name}:{entry}"
        events.append(Event("content.entry.saved.v1", entry, data={"tag": tag}))
        await transaction.execute("INSERT INTO proof.written VALUES ($1, $2, $3)", tag, entry, version)
    await record(transaction, events, [], now)
