"""What a bridge to another system is, and how events come over it: at least once, in order."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import structlog

from masthead.events.envelope import cloud_event
from masthead.events.handing_over import run_handing_over
from masthead.events.stored import StoredEvent
from masthead.store import Database

log = structlog.get_logger("masthead.events")

BATCH = 50
"""Events that are handed over before the cursor moves on: few enough for a slow link."""


class Sink(Protocol):
    """Another system that takes events."""

    @property
    def name(self) -> str:
        """Of the consumer whose cursor says how far this sink has come: "nats"."""

    async def send(self, events: Sequence[dict[str, Any]]) -> None:
        """Hand over the events, CloudEvents in order. Returns when the other system has all of them for good;
        raises where that is not known, and gets them again then. It drops what it has by the event's id."""


async def run_sink(database: Database, sink: Sink, source: Callable[[], Awaitable[str]]) -> None:
    """Hand over every event, from the oldest that is kept on, until cancelled. One process at a time.

    The cursor moves on when the sink has the events. A process that dies between both sends them again.
    """

    async def hand_over(events: Sequence[StoredEvent]) -> None:
        address = await source()
        await sink.send([cloud_event(each, address) for each in events])
        log.info("sink.sent", sink=sink.name, events=len(events), position=events[-1].position)

    await run_handing_over(database, f"sink:{sink.name}", hand_over, size=BATCH)
