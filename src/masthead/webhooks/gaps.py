"""What an endpoint was not told because it was disabled: positions, so that it can be told them later.

Exact, whatever the clocks say: a gap begins and ends at the cursor of the consumer that tells endpoints.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.kernel import new_id
from masthead.store import Transaction

CONSUMER = "webhooks"
"""The name of the consumer of events that makes deliveries of them."""

_HOLD = "SELECT FROM masthead.consumer WHERE name = $1 FOR UPDATE"
_BEGIN = """
INSERT INTO masthead.webhook_gap (id, endpoint_id, first, since)
SELECT $2, id, 1 + greatest(since, (SELECT position FROM masthead.consumer WHERE name = $4)), $3
FROM masthead.webhook_endpoint WHERE id = $1
"""
_END = """
UPDATE masthead.webhook_gap
SET last = coalesce((SELECT position FROM masthead.consumer WHERE name = $2), 0)
WHERE endpoint_id = $1 AND last IS NULL
"""
_END_EMPTY = "DELETE FROM masthead.webhook_gap WHERE endpoint_id = $1 AND last < first"
_TAKE = """
DELETE FROM masthead.webhook_gap WHERE endpoint_id = $1 AND first <= $3 AND last >= $2
RETURNING first, last, since
"""
_LEAVE = """
INSERT INTO masthead.webhook_gap (id, endpoint_id, first, last, since) VALUES ($1, $2, $3, $4, $5)
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Positions that were passed over, both of them included; `last` None: it is disabled still."""

    first: int
    last: int | None
    since: datetime

    def within(self, first: int, last: int) -> tuple[int, int]:
        """The part of it in a range that meets it."""
        return max(self.first, first), last if self.last is None else min(self.last, last)

    def without(self, first: int, last: int) -> list[tuple[int, int]]:
        """What is left of one that has ended when a range is taken out of it."""
        end = self.first if self.last is None else self.last
        sides = ((self.first, min(end, first - 1)), (max(self.first, last + 1), end))
        return [(begin, end) for begin, end in sides if begin <= end]


def gap_of(row: Mapping[str, Any]) -> Gap:
    """Of a row, or of the JSON of one."""
    since = row["since"]
    return Gap(row["first"], row["last"], datetime.fromisoformat(since) if isinstance(since, str) else since)


async def begin_gap(transaction: Transaction, endpoint: UUID, now: datetime) -> None:
    """From now on it is told nothing. The caller has locked it for writing: what the consumer tells it
    meanwhile it has told it before, or does not."""
    await transaction.execute(_BEGIN, endpoint, new_id(), now, CONSUMER)


async def hold_consumer(transaction: Transaction) -> None:
    """Let the consumer come to the end of its batch, and begin no other before the commit. Before any
    endpoint is locked, as the consumer itself does it: a batch that began while an endpoint was disabled
    passes it over, so that its gap must not end before that batch does."""
    await transaction.fetch(_HOLD, CONSUMER)


async def end_gap(transaction: Transaction, endpoint: UUID) -> None:
    """From now on it is told again. The caller holds the consumer, and has locked the endpoint."""
    await transaction.execute(_END, endpoint, CONSUMER)
    await transaction.execute(_END_EMPTY, endpoint)


async def take_gaps(transaction: Transaction, endpoint: UUID, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of its gaps in a range, in order, which are none from now on. The caller has locked it."""
    found = sorted(
        (gap_of(row) for row in await transaction.fetch(_TAKE, endpoint, first, last)),
        key=lambda gap: gap.first,
    )
    left = [
        (new_id(), endpoint, begin, end, gap.since)
        for gap in found
        for begin, end in gap.without(first, last)
    ]
    if left:
        await transaction.execute_many(_LEAVE, left)
    return [gap.within(first, last) for gap in found]
