"""Writers of events, in a process of their own: what they committed, and when they were told so."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter, time

import asyncpg

from masthead.events import Event, record
from masthead.kernel import utc_now
from masthead.store import Database, open_database

ROLLED_BACK = 0.1


@dataclass(frozen=True, slots=True)
class Shift:
    """`rate`: commits a second of all writers together; None: as many as they can."""

    url: str
    writers: int
    seconds: float
    rate: int | None


def write(shift: Shift) -> dict[str, float]:
    """The moment of each commit's acknowledgement, by the event's tag."""
    return asyncio.run(_write(shift))


async def _write(shift: Shift) -> dict[str, float]:
    committed: dict[str, float] = {}
    async with open_database(shift.url, size=shift.writers) as database:
        await asyncio.gather(
            *(_writer(shift, database, number, committed) for number in range(shift.writers))
        )
    return committed


async def _writer(shift: Shift, database: Database, number: int, committed: dict[str, float]) -> None:
    chance = random.Random(number)
    announcing = await asyncpg.connect(shift.url)
    began, turn = perf_counter(), 0
    while (now := perf_counter() - began) < shift.seconds:
        if shift.rate is not None:
            due = (turn + chance.random()) * shift.writers / shift.rate
            if due > now:
                await asyncio.sleep(due - now)
        turn += 1
        tag = f"{time()}:{number}:{turn}"
        if await _commit(database, tag, is_undone=chance.random() < ROLLED_BACK):
            committed[tag] = time()
            if shift.rate is not None:
                await announcing.execute("SELECT pg_notify('bench', $1)", tag)
    await announcing.close()


async def _commit(database: Database, tag: str, *, is_undone: bool) -> bool:
    with suppress(_UndoneError):
        async with database.transaction() as transaction:
            await record(transaction, [Event("content.entry.saved.v1", data={"tag": tag})], [], utc_now())
            _end(is_undone=is_undone)
        return True
    return False


class _UndoneError(Exception):
    """A transaction that is not to commit."""


def _end(*, is_undone: bool) -> None:
    if is_undone:
        raise _UndoneError
