"""Events: written in the transaction of what they tell, so that nothing reacts to what did not commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from masthead.kernel import new_id
from masthead.store import Transaction, event_tables

OUTBOX = "masthead_outbox"
"""The channel that is notified, after the commit, when there are events without positions."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `type` is such as "content.entry.published.v1"; `data` is JSON."""

    type: str
    entry: UUID | None = None
    revision: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    cause: str | None = None
    trace_parent: str | None = None


async def record_events(transaction: Transaction, events: Sequence[Event], now: datetime) -> None:
    """Append the events; their positions come when they have committed."""
    rows = [
        (
            new_id(),
            each.type,
            each.entry,
            each.revision,
            orjson.dumps(each.data).decode(),
            each.cause,
            each.trace_parent,
            now,
        )
        for each in events
    ]
    columns = ["id", "type", "entry_id", "revision_id", "data", "cause", "trace_parent", "created_at"]
    # The transaction gets its number before its events get theirs: see masthead.events.frontier.
    await transaction.execute("SELECT pg_current_xact_id()")
    await transaction.copy(event_tables.event, columns, rows)
    transaction.wake(OUTBOX)
