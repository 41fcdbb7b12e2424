"""How jobs stand, among the metrics. Read from their tables at each scrape: whatever workers do, and also
when there is none, their work is seen to be done or not.
"""

import asyncio
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from masthead.jobs import QueueState, read_queue_state
from masthead.kernel import MastheadError
from masthead.store import FAILURES, Database

LONGEST = 2.0
"""Seconds that a scrape waits for the database; then it goes without these metrics."""


class JobMetrics(Collector):
    """Gauges and counters of the queue."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._state: QueueState | None = None
        registry.register(self)

    async def refresh(self) -> None:
        """Read them; before each scrape."""
        try:
            async with asyncio.timeout(LONGEST):
                self._state = await read_queue_state(self._database.drafts)
        except (MastheadError, TimeoutError, *FAILURES):
            self._state = None

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The metrics, as prometheus_client asks for them."""
        if (state := self._state) is None:
            return
        jobs = GaugeMetricFamily("masthead_jobs", "Jobs by kind and state.", labels=["kind", "state"])
        overdue = GaugeMetricFamily(
            "masthead_jobs_overdue_seconds", "How long the oldest that is due has waited.", labels=["kind"]
        )
        ran = CounterMetricFamily(
            "masthead_job_runs", "Runs of jobs that have ended.", labels=["kind", "outcome"]
        )
        for kind, each in state.kinds.items():
            for name, number in (
                ("waiting", each.waiting),
                ("running", each.running),
                ("failed", each.failed),
            ):
                jobs.add_metric([kind, name], number)
            overdue.add_metric([kind], each.behind)
        for (kind, outcome), number in state.ran.items():
            ran.add_metric([kind, outcome], number)
        yield from (jobs, overdue, ran)
