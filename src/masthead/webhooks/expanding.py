"""Events become deliveries: one for each endpoint that wants it, written with the job that sends it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from masthead.events import StoredEvent, cloud_event
from masthead.jobs import enqueue
from masthead.kernel import new_id
from masthead.store import JOBS, Transaction, webhook_tables
from masthead.webhooks.condition import has_type, holds
from masthead.webhooks.endpoint import Endpoint, endpoint_of
from masthead.webhooks.endpoints import SELECT_ENDPOINT
from masthead.webhooks.sending_jobs import sending_jobs

SourceOf = Callable[[], Awaitable[str]]
"""The `source` of envelopes: the publication's own address."""

_COLUMNS = (
    "id",
    "endpoint_id",
    "lane",
    "position",
    "event_id",
    "type",
    "body",
    "state",
    "due_at",
    "created_at",
)


async def expand(transaction: Transaction, events: Sequence[StoredEvent], source: str, now: datetime) -> int:
    """Write a delivery for each event and each enabled endpoint that wants it, and the jobs that send them,
    in the transaction that remembers the events; their number."""
    endpoints = await _enabled(transaction)
    number = 0
    for endpoint in endpoints:
        wanted = [event for event in events if event.position > endpoint.since and wants(endpoint, event)]
        number += await add_deliveries(transaction, endpoint, endpoint.id, wanted, source, now)
    return number


async def add_deliveries(
    transaction: Transaction,
    endpoint: Endpoint,
    lane: UUID,
    events: Iterable[StoredEvent],
    source: str,
    now: datetime,
) -> int:
    """Write one for each of the events, in a lane of the endpoint, and the jobs that send them."""
    rows = [_row(endpoint, lane, event, source, now) for event in events]
    if rows:
        await transaction.copy(
            webhook_tables.webhook_delivery, _COLUMNS, [[row[each] for each in _COLUMNS] for row in rows]
        )
        due = [(row["id"], lane, now) for row in rows]
        await enqueue(transaction, sending_jobs(due, is_ordered=endpoint.is_ordered))
        transaction.wake(JOBS)
    return len(rows)


def wants(endpoint: Endpoint, event: StoredEvent) -> bool:
    """Whether an endpoint is told of an event."""
    if not has_type(endpoint.types, event.type):
        return False
    return endpoint.condition is None or holds(endpoint.condition, event.data)


async def _enabled(transaction: Transaction) -> list[Endpoint]:
    # Held until the commit: nobody disables or deletes one meanwhile and overlooks what is added.
    rows = await transaction.fetch(f"{SELECT_ENDPOINT} WHERE disabled_at IS NULL ORDER BY id FOR SHARE")
    return [endpoint_of(row) for row in rows]


def _row(endpoint: Endpoint, lane: UUID, event: StoredEvent, source: str, now: datetime) -> Mapping[str, Any]:
    return {
        "id": new_id(),
        "endpoint_id": endpoint.id,
        "lane": lane,
        "position": event.position,
        "event_id": event.id,
        "type": event.type,
        "body": orjson.dumps(cloud_event(event, source)),
        "state": "pending",
        "due_at": now,
        "created_at": now,
    }
