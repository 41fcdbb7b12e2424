"""How the events stand: how many wait for the relay and for how long, and who is how far behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from masthead.events.stored import head_position
from masthead.store import Reader

_PENDING = """
SELECT count(*) AS number, min(created_at) AS oldest FROM (
    SELECT created_at FROM masthead.event WHERE position IS NULL ORDER BY sequence LIMIT 10000
) AS pending
"""
_CONSUMERS = "SELECT name, position FROM masthead.consumer ORDER BY name"


@dataclass(frozen=True, slots=True)
class EventState:
    """`pending` events have no position yet, the oldest for `lag` seconds: more than a few mean that no relay
    is at work. It is counted up to 10,000. `behind` says of each consumer how many events it has not handled.
    """

    position: int
    pending: int
    lag: float
    behind: Mapping[str, int]


async def read_event_state(reader: Reader, now: datetime) -> EventState:
    """As it is now."""
    head = await head_position(reader)
    (pending,) = await reader.fetch(_PENDING)
    oldest = pending["oldest"]
    lag = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
    consumers = await reader.fetch(_CONSUMERS)
    behind = {row["name"]: max(0, head - row["position"]) for row in consumers}
    return EventState(head, pending["number"], lag, behind)
