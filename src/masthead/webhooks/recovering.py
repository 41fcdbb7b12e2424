"""What an endpoint has not got since a moment: what is dead, what waits after an attempt that failed, and
what it was not told because it was disabled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from masthead.events import first_position_since, head_position
from masthead.jobs import hasten
from masthead.store import Transaction
from masthead.webhooks.endpoint import Endpoint
from masthead.webhooks.sending_jobs import sending_jobs

MOST = 50_000
"""Positions that are sent again at a time."""

# Of an event that is dead in two lanes the newest.
_LOST = """
SELECT id FROM (
    SELECT DISTINCT ON (position) position, id, state FROM masthead.webhook_delivery
    WHERE endpoint_id = $1 AND position BETWEEN $2 AND $3 ORDER BY position, state = 'dead', id DESC
) AS delivery WHERE state = 'dead' ORDER BY position
"""
_TOLD = """
SELECT position FROM masthead.webhook_delivery WHERE endpoint_id = $1 AND position BETWEEN $2 AND $3
"""
# One that is under way now is due: it is left to whoever sends it.
_AT_ONCE = """
UPDATE masthead.webhook_delivery SET attempts = 0, due_at = $4
WHERE endpoint_id = $1 AND position BETWEEN $2 AND $3 AND state = 'pending' AND attempts > 0 AND due_at > $4
RETURNING id, lane
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Positions, both of them included; `following` is where to go on: there are more than go at a time."""

    first: int
    last: int
    following: int | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many deliveries are sent, and in which lane; those that waited stay in theirs."""

    lane: UUID
    span: Span
    deliveries: int


async def find_span(
    transaction: Transaction, endpoint: Endpoint, since: datetime | int, until: datetime | None
) -> Span:
    """Where a time begins, and the last position before its end. What an endpoint was not told because it
    was disabled in that time is all in it, also what was written a moment before."""
    if isinstance(since, datetime):
        gaps = [gap.first for gap in endpoint.missed if gap.since >= since]
        first = min([await first_position_since(transaction, since), *gaps])
    else:
        first = since
    head = await head_position(transaction)
    end = head if until is None else min(head, await first_position_since(transaction, until) - 1)
    last = min(end, first + MOST - 1)
    return Span(first, last, last + 1 if last < end else None)


async def find_lost(transaction: Transaction, endpoint: UUID, span: Span) -> list[UUID]:
    """Dead letters, one of each event that has not arrived and is not under way in another lane."""
    rows = await transaction.fetch(_LOST, endpoint, span.first, span.last)
    return [UUID(bytes=row["id"].bytes) for row in rows]


async def find_told(transaction: Transaction, endpoint: UUID, first: int, last: int) -> frozenset[int]:
    """Positions of events that it has deliveries of, whatever became of them."""
    return frozenset(row["position"] for row in await transaction.fetch(_TOLD, endpoint, first, last))


async def send_at_once(transaction: Transaction, endpoint: Endpoint, span: Span, now: datetime) -> int:
    """What failed and waits for its next attempt has it now, and all of them again, where it is; how many."""
    rows = await transaction.fetch(_AT_ONCE, endpoint.id, span.first, span.last, now)
    due = [(UUID(bytes=row["id"].bytes), UUID(bytes=row["lane"].bytes), now) for row in rows]
    await hasten(transaction, sending_jobs(due, is_ordered=endpoint.is_ordered))
    return len(due)
