"""How events stand, among the metrics. Read from their tables at each scrape: whatever relays and workers do,
and also when there is none, their work is seen to be done or not.
"""

import asyncio
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from masthead.events import EventState, read_event_state
from masthead.kernel import MastheadError, utc_now
from masthead.store import FAILURES, Database

LONGEST = 2.0
"""Seconds that a scrape waits for the database; then it goes without these metrics."""


class EventMetrics(Collector):
    """Gauges and a counter of the outbox and its consumers."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._state: EventState | None = None
        registry.register(self)

    async def refresh(self) -> None:
        """Read them; before each scrape."""
        try:
            async with asyncio.timeout(LONGEST):
                self._state = await read_event_state(self._database.drafts, utc_now())
        except (MastheadError, TimeoutError, *FAILURES):
            self._state = None

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The metrics, as prometheus_client asks for them."""
        if (state := self._state) is None:
            return
        yield CounterMetricFamily("masthead_events", "Events that have got their position.", state.position)
        yield GaugeMetricFamily("masthead_events_pending", "Events that wait for the relay.", state.pending)
        yield GaugeMetricFamily(
            "masthead_events_lag_seconds", "How long the oldest of these has waited.", state.lag
        )
        behind = GaugeMetricFamily(
            "masthead_consumer_behind", "Events that a consumer has not handled.", labels=["consumer"]
        )
        for name, number in state.behind.items():
            behind.add_metric([name], number)
        yield behind
