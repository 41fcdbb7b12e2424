"""The relay: gives events their positions, dense and in the order of commits. One at a time.

Transactions commit in another order than they take numbers in, so a reader that goes by `sequence` misses
what commits late. The relay sees only what has committed, and numbers that: behind every position there
are only larger ones, for ever.

Of one entry the order is that of its changes. Its row is locked from before an event's `sequence` is taken
until the commit; so where the later one of two is seen, the earlier is seen in the same snapshot, with the
smaller sequence.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from time import monotonic

import structlog

from masthead.events.frontier import Frontier, Look
from masthead.events.outbox import OUTBOX
from masthead.events.stored import EVENTS
from masthead.kernel import MastheadError
from masthead.store import FAILURES, Database, Sole

log = structlog.get_logger("masthead.relay")

_LOCK = 0x52656C61  # "Rela"

_GIVE = """
WITH pending AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY sequence) AS place FROM (
        SELECT id, sequence FROM masthead.event
        WHERE position IS NULL AND sequence >= $3 ORDER BY sequence LIMIT $2
    ) AS next
),
moved AS (
    UPDATE masthead.event_head SET position = $1 + (SELECT count(*) FROM pending)
    -- Should there ever be two relays, the second finds another number here, and gives nothing.
    WHERE is_only AND position = $1 AND EXISTS (SELECT FROM pending)
    RETURNING position
),
given AS (
    UPDATE masthead.event AS event SET position = $1 + pending.place
    FROM pending, moved WHERE event.id = pending.id
    RETURNING 1
)
SELECT (SELECT count(*) FROM pending) AS found,
    (SELECT count(*) FROM given) AS given,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
    -- Its own number, where it has one. (A snapshot's xmax is only that of the last one that is over.)
    CASE WHEN (SELECT count(*) FROM given) > 0 THEN pg_current_xact_id()::text::bigint END AS own,
    (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM masthead.event_sequence) AS last
"""

_WHOLE = 30.0
"""Seconds after which it looks from the beginning again, for events that were written by other means."""


class Relay:
    """Gives positions while it is the one that may; else it waits for its turn."""

    def __init__(
        self, database: Database, *, poll: float = 0.05, size: int = 1_000, patience: float = 0.5
    ) -> None:
        """`poll`: seconds between two looks when nobody wakes it; `size`: events in one transaction;
        `patience`: seconds between two tries to become the one."""
        self._database = database
        self._poll = poll
        self._size = size
        self._patience = patience
        self.is_leading = False

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                async with self._session() as session:
                    await self._wait_for_turn(session)
                    await self._lead(session)
            except Exception as error:  # a connection that breaks as it is used raises the driver's own, too
                is_expected = isinstance(error, (MastheadError, *FAILURES))
                log.warning("relay.interrupted", error=str(error), exc_info=not is_expected)
                await asyncio.sleep(self._patience)
            finally:
                self.is_leading = False

    def _session(self) -> AbstractAsyncContextManager[Sole]:
        return self._database.sole(OUTBOX)

    async def _wait_for_turn(self, session: Sole) -> None:
        while not await session.is_only(_LOCK):  # noqa: ASYNC110 - nothing here is told when it is free
            await asyncio.sleep(self._patience)
        self.is_leading = True

    async def _lead(self, session: Sole) -> None:
        head = int(await session.fetch_value("SELECT position FROM masthead.event_head"))
        log.info("relay.leads", position=head)
        frontier, begun = Frontier(), monotonic()
        while True:
            if monotonic() - begun > _WHOLE:
                frontier, begun = Frontier(), monotonic()
            given = await self.give(session, head, frontier)
            if given:
                head += given
                await session.fetch_value("SELECT pg_notify($1, $2)", EVENTS, str(head))
            if given < self._size:
                await session.wakes.wait(0 if given else self._poll)

    async def give(self, session: Sole, head: int, frontier: Frontier) -> int:
        """Positions for what has committed, behind `head`; the number of them."""
        row = (await session.fetch(_GIVE, head, self._size, frontier.floor))[0]
        if row["found"] != row["given"]:
            raise MastheadError(
                "relay-not-alone",
                f"The head of the events is not at {head} any more: somebody else gives positions, too.",
                "Connect the relay to PostgreSQL itself, not through a pooler that shares sessions.",
            )
        is_whole = row["found"] < self._size
        frontier.note(Look(row["oldest"], row["own"], row["last"], is_whole))
        return int(row["given"])
