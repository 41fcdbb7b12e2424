"""How schedules stand, among the metrics. Read from the table at each scrape: whatever the worker does, and
also when there is none, its work is seen to be done or not.
"""

import asyncio
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from masthead.content.scheduling import ScheduleState, read_schedule_state
from masthead.kernel import MastheadError, utc_now
from masthead.store import FAILURES, Database

LONGEST = 2.0
"""Seconds that a scrape waits for the database; then it goes without these metrics."""


class ScheduleMetrics(Collector):
    """Gauges and counters of the table of schedules."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._state: ScheduleState | None = None
        registry.register(self)

    async def refresh(self) -> None:
        """Read them; before each scrape."""
        try:
            async with asyncio.timeout(LONGEST):
                self._state = await read_schedule_state(self._database.drafts, utc_now())
        except (MastheadError, TimeoutError, *FAILURES):
            self._state = None

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The metrics, as prometheus_client asks for them."""
        if (state := self._state) is None:
            return
        gauges = (
            ("pending", "Schedules that are to come.", state.pending),
            ("overdue", "Pending schedules whose moment has passed.", state.overdue),
            ("overdue_seconds", "How long the oldest of these has been due.", state.behind),
            ("last_run_timestamp_seconds", "When the last schedule ran.", state.last_run),
        )
        for name, help_text, value in gauges:
            yield GaugeMetricFamily(f"masthead_schedules_{name}", help_text, value)
        over = CounterMetricFamily("masthead_schedules", "Schedules that are over.", labels=["outcome"])
        for outcome, number in state.over.items():
            over.add_metric([outcome], number)
        yield over
