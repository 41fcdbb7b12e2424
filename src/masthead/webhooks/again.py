"""Sending again: one delivery, a range of events, what is dead, or what has not arrived since a moment. Each
in a lane of its own, so that what happens meanwhile neither waits for it nor is waited for."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from uuid import UUID

from masthead.events import AuditLine, Origin, read_events, record_audit
from masthead.jobs import enqueue
from masthead.kernel import InputError, new_id, utc_now
from masthead.store import JOBS, Database, Transaction
from masthead.webhooks.delivery import SELECT_DELIVERY, Delivery, delivery_of, find_delivery
from masthead.webhooks.endpoint import Endpoint
from masthead.webhooks.endpoints import find_endpoint
from masthead.webhooks.expanding import SourceOf, add_deliveries, wants
from masthead.webhooks.gaps import take_gaps
from masthead.webhooks.recovering import MOST, Recovered, find_lost, find_span, find_told, send_at_once
from masthead.webhooks.sending_jobs import sending_jobs

_COPY = """
INSERT INTO masthead.webhook_delivery
    (id, endpoint_id, lane, position, event_id, type, body, state, due_at, created_at)
SELECT $2, endpoint_id, $3, position, event_id, type, body, 'pending', $4, $4
FROM masthead.webhook_delivery WHERE id = $1
"""
_REVIVE = """
UPDATE masthead.webhook_delivery SET state = 'pending', attempts = 0, lane = $2, due_at = $3,
    ended_at = NULL, reason = NULL
WHERE id = $1 AND state = 'dead'
"""


class Again:
    """What people do when a receiver has missed something."""

    def __init__(self, database: Database, source_of: SourceOf) -> None:
        self._database = database
        self._source_of = source_of

    async def resend(self, key: UUID, origin: Origin) -> Delivery:
        """Send the event of a delivery once more, whatever became of it; the new delivery, with the same
        event id. Raises NotFoundError, InputError."""
        new, lane, now = new_id(), new_id(), utc_now()
        async with self._database.transaction() as transaction:
            old = await find_delivery(transaction, key)
            endpoint = await _enabled(transaction, old.endpoint)
            await transaction.execute(_COPY, key, new, lane, now)
            await _enqueue(transaction, endpoint, [(new, lane, now)])
            await _record(transaction, origin, "webhook.resend", endpoint.id, {"delivery": str(key)}, now)
            return await find_delivery(transaction, new)

    async def replay(self, key: UUID, first: int, last: int, origin: Origin) -> tuple[UUID, int]:
        """Send all events at positions from `first` to `last` that the endpoint wants, as it is now; the
        lane, and how many. What is not kept any more is not among them. Raises NotFoundError, InputError."""
        if not 0 < first <= last < first + MOST:
            raise InputError(
                "webhook-range",
                f"{first} to {last} is no range that can be sent again.",
                f"Positions count from 1; at most {MOST:,} at a time.",
            )
        lane, now, source = new_id(), utc_now(), await self._source_of()
        async with self._database.transaction() as transaction:
            endpoint = await _enabled(transaction, key)
            number = await _add(transaction, endpoint, lane, (first, last), source, now)
            detail = {"first": first, "last": last, "deliveries": number}
            await _record(transaction, origin, "webhook.replay", key, detail, now)
        return lane, number

    async def redrive(self, key: UUID, origin: Origin, delivery: UUID | None = None) -> int:
        """Send the dead letters of an endpoint, or one of them, with all attempts again; how many.
        Raises NotFoundError, InputError."""
        now = utc_now()
        async with self._database.transaction() as transaction:
            endpoint = await _enabled(transaction, key)
            rows = await transaction.fetch(
                f"{SELECT_DELIVERY} WHERE endpoint_id = $1 AND state = 'dead' "
                "AND ($2::uuid IS NULL OR id = $2) ORDER BY lane, position FOR UPDATE",
                key,
                delivery,
            )
            dead = [delivery_of(row) for row in rows]
            # A lane for each that they were in: the same event may be dead in two of them.
            lanes = {each.lane: new_id() for each in dead}
            await _revive(transaction, endpoint, [(each.id, lanes[each.lane], now) for each in dead])
            await _record(transaction, origin, "webhook.redrive", key, {"deliveries": len(dead)}, now)
        return len(dead)

    async def recover(
        self, key: UUID, since: datetime | int, origin: Origin, until: datetime | None = None
    ) -> Recovered:
        """Send what an endpoint has not got of what happened since a moment, or since a position: dead
        letters, what waits after an attempt that failed, and what it was not told while it was disabled, so
        far as it wants that now. What has arrived, or is under way, is not sent. Raises NotFoundError,
        InputError."""
        lane, now, source = new_id(), utc_now(), await self._source_of()
        async with self._database.transaction() as transaction:
            endpoint = await _enabled(transaction, key)
            span = await find_span(transaction, endpoint, since, until)
            number = await send_at_once(transaction, endpoint, span, now)
            dead = await find_lost(transaction, key, span)
            await _revive(transaction, endpoint, [(each, lane, now) for each in dead])
            number += len(dead)
            for gap in await take_gaps(transaction, key, span.first, span.last):
                told = await find_told(transaction, key, *gap)
                number += await _add(transaction, endpoint, lane, gap, source, now, told)
            detail = {"first": span.first, "last": span.last, "deliveries": number}
            await _record(transaction, origin, "webhook.recover", key, detail, now)
        return Recovered(lane, span, number)


async def _enabled(transaction: Transaction, key: UUID) -> Endpoint:
    # Locked first, as whoever disables it locks it: nothing is added behind their back.
    endpoint = await find_endpoint(transaction, key, lock=True)
    if endpoint.disabled_at is not None:
        raise InputError("webhook-disabled", f"The webhook {key} is disabled.", "Enable it first.")
    return endpoint


async def _add(
    transaction: Transaction,
    endpoint: Endpoint,
    lane: UUID,
    span: tuple[int, int],
    source: str,
    now: datetime,
    but: Set[int] = frozenset(),
) -> int:
    """A delivery for each event in a range that it wants, in a lane; how many."""
    number, after, last = 0, span[0] - 1, span[1]
    while after < last and (events := await read_events(transaction, after, 500)):
        after = events[-1].position
        found = [each for each in events if each.position <= last and each.position not in but]
        wanted = [each for each in found if wants(endpoint, each)]
        number += await add_deliveries(transaction, endpoint, lane, wanted, source, now)
    return number


async def _revive(
    transaction: Transaction, endpoint: Endpoint, rows: Sequence[tuple[UUID, UUID, datetime]]
) -> None:
    await transaction.execute_many(_REVIVE, rows)
    await _enqueue(transaction, endpoint, rows)


async def _enqueue(
    transaction: Transaction, endpoint: Endpoint, rows: Sequence[tuple[UUID, UUID, datetime]]
) -> None:
    await enqueue(transaction, sending_jobs(rows, is_ordered=endpoint.is_ordered))
    transaction.wake(JOBS)


async def _record(
    transaction: Transaction,
    origin: Origin,
    action: str,
    key: UUID,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    await record_audit(transaction, [AuditLine(origin, action, str(key), detail=detail)], now)
