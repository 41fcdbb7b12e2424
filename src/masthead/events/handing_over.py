"""Consumers whose effects are outside of PostgreSQL: each event is handed over at least once, in order."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Sequence

import structlog

from masthead.events.consuming import begin, say_what_is_missing
from masthead.events.stored import EVENTS, StoredEvent, read_events
from masthead.kernel import MastheadError
from masthead.store import FAILURES, Database, Sole

log = structlog.get_logger("masthead.events")

HandOver = Callable[[Sequence[StoredEvent]], Awaitable[None]]
"""Brings events to somebody else. When it returns it has happened; when it raises, all come again."""

_LOCK = 0x436F6E73_00000000  # "Cons", and the name's checksum
_BEAT = 1.0
_POSITION = "SELECT position FROM masthead.consumer WHERE name = $1"
_ADVANCE = """
UPDATE masthead.consumer SET position = $2, updated_at = clock_timestamp()
WHERE name = $1 AND position = $3 RETURNING position
"""


async def run_handing_over(
    database: Database,
    name: str,
    hand_over: HandOver,
    *,
    size: int = 500,
    poll: float = 1.0,
    is_from_now: bool = False,
) -> None:
    """Hand every event over, until cancelled: of all processes with a consumer of this name one at a time.

    No transaction is open meanwhile, however long that takes. The cursor moves on when it has happened: what
    was handed over in the moment of a crash is handed over again, by another process within seconds.
    """
    while True:
        try:
            await begin(database, name, is_from_now=is_from_now)
            async with database.sole(EVENTS) as session:
                while not await session.is_only(_key(name)):  # noqa: ASYNC110 - nothing here is told when it is free
                    await asyncio.sleep(0.5)
                await _hand_all_over(session, name, hand_over, size=size, poll=poll)
        except Exception as error:  # a receiver's defect must not end its worker
            is_expected = isinstance(error, (MastheadError, *FAILURES))
            log.warning("consumer.interrupted", consumer=name, error=str(error), exc_info=not is_expected)
            await asyncio.sleep(poll)


async def _hand_all_over(session: Sole, name: str, hand_over: HandOver, *, size: int, poll: float) -> None:
    position = int(await session.fetch_value(_POSITION, name))
    while True:
        events = await read_events(session, position, size)
        if not events:
            await session.wakes.wait(poll)
            continue
        say_what_is_missing(name, position, events)
        await _while_it_lasts(session, hand_over(events))
        last = events[-1].position
        if await session.fetch_value(_ADVANCE, name, last, position) is None:
            raise MastheadError("consumer-moved", f"The cursor of {name} is not at {position} any more.")
        position = last


async def _while_it_lasts(session: Sole, work: Awaitable[None]) -> None:
    """Do the work, and let the session's server know meanwhile that somebody is there. Where that has ended,
    another process may be at it already: the work ends too. Raises UnavailableError then."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=_BEAT))[0]:
            await session.fetch_value("SELECT 1")
        await task
    finally:
        task.cancel()


def _key(name: str) -> int:
    return _LOCK | zlib.crc32(name.encode())
