"""Events as they are read: those that have a position, in its order, which has no gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from masthead.store import Reader, Sole, Transaction

EVENTS = "masthead_events"
"""The channel that is notified, after the commit, when events have got positions."""

SELECT_STORED = """
SELECT position, id, type, entry_id, revision_id, data, cause, trace_parent, created_at FROM masthead.event
"""

_READ = f"{SELECT_STORED} WHERE position > $1 ORDER BY position LIMIT $2"

_HEAD = "SELECT position FROM masthead.event_head"


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event that has its place in the order of commits. `position` counts from 1, without gaps; of two
    events of one entry the later has the larger one. `created_at` is UTC; `trace_parent` as W3C spells it."""

    position: int
    id: UUID
    type: str
    entry: UUID | None
    revision: UUID | None
    data: Mapping[str, Any]
    cause: str | None
    trace_parent: str | None
    created_at: datetime


async def read_events(reader: Reader | Sole | Transaction, after: int, size: int = 500) -> list[StoredEvent]:
    """At most `size` events behind a position, in order. What was older than is kept is not among them: the
    first has another position than `after` + 1 then."""
    return [stored_event(row) for row in await reader.fetch(_READ, after, size)]


async def head_position(reader: Reader | Sole | Transaction) -> int:
    """The position of the newest event; 0 before the first."""
    rows = await reader.fetch(_HEAD)
    return int(rows[0]["position"])


def stored_event(row: Mapping[str, Any]) -> StoredEvent:
    """Of a row of SELECT_STORED."""
    return StoredEvent(
        row["position"],
        UUID(bytes=row["id"].bytes),
        row["type"],
        _plain(row["entry_id"]),
        _plain(row["revision_id"]),
        orjson.loads(row["data"]),
        row["cause"],
        row["trace_parent"],
        row["created_at"],
    )


def _plain(value: UUID | None) -> UUID | None:
    """The driver's ids are of a class that JSON is not written of."""
    return None if value is None else UUID(bytes=value.bytes)
