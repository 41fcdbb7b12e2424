"""Consumers: programs that handle every event, in order, and remember how far they have come."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from masthead.events.stored import EVENTS, StoredEvent, head_position, read_events
from masthead.kernel import MastheadError, utc_now
from masthead.store import FAILURES, Database, Transaction

log = structlog.get_logger("masthead.events")

Handle = Callable[[Transaction, Sequence[StoredEvent]], Awaitable[None]]
"""Handles events in the transaction that remembers them: what it writes there it writes once."""

_BEGIN = """
INSERT INTO masthead.consumer (name, position, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING
"""
_CLAIM = "SELECT position FROM masthead.consumer WHERE name = $1 FOR UPDATE SKIP LOCKED"
_ADVANCE = "UPDATE masthead.consumer SET position = $2, updated_at = $3 WHERE name = $1"

# A process that is stopped in the middle gives the others their turn.
_LIMIT = "SET LOCAL idle_in_transaction_session_timeout = '10s'"


async def run_consumer(
    database: Database,
    name: str,
    handle: Handle,
    *,
    size: int = 500,
    poll: float = 1.0,
    is_from_now: bool = False,
) -> None:
    """Handle every event, until cancelled: of all processes with a consumer of this name one at a time.

    `handle` gets at most `size` events, in order, and a transaction in which the consumer's cursor moves on
    too: what it writes there is done exactly once. When it raises nothing is done, and it is tried again. A
    consumer that is new begins with the oldest event that is kept, or with the next one.
    """
    while True:
        try:
            await begin(database, name, is_from_now=is_from_now)
            async with database.listening_to(EVENTS) as wakes:
                while True:
                    if not await consume(database, name, handle, size=size):
                        await wakes.wait(poll)
        except Exception as error:  # a handler's defect must not end its worker
            is_expected = isinstance(error, (MastheadError, *FAILURES))
            log.warning("consumer.interrupted", consumer=name, error=str(error), exc_info=not is_expected)
            await asyncio.sleep(poll)


async def consume(database: Database, name: str, handle: Handle, *, size: int = 500) -> int:
    """Handle the next events, once; their number. 0: there are none, or another process handles them."""
    async with database.transaction() as transaction:
        await transaction.execute(_LIMIT)
        position = await transaction.fetch_value(_CLAIM, name)
        if position is None:
            return 0
        events = await read_events(transaction, position, size)
        if not events:
            return 0
        say_what_is_missing(name, position, events)
        await handle(transaction, events)
        await transaction.execute(_ADVANCE, name, events[-1].position, utc_now())
    return len(events)


def say_what_is_missing(name: str, position: int, events: Sequence[StoredEvent]) -> None:
    """Before they are handled, in the log. Positions have no gaps: where there is one, events were removed
    before this consumer read them."""
    missing = events[0].position - position - 1
    if missing and position:
        log.error("consumer.events_gone", consumer=name, after=position, missing=missing)


async def begin(database: Database, name: str, *, is_from_now: bool) -> None:
    """Give a consumer that is new its cursor."""
    async with database.transaction() as transaction:
        position = await head_position(transaction) if is_from_now else 0
        await transaction.execute(_BEGIN, name, position, utc_now())
