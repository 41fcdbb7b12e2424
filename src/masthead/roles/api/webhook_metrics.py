"""How webhooks stand, among the metrics. Read from their tables at each scrape."""

import asyncio
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from masthead.kernel import MastheadError
from masthead.store import FAILURES, Database
from masthead.webhooks import WebhookState, read_webhook_state

LONGEST = 2.0
"""Seconds that a scrape waits for the database; then it goes without these metrics."""


class WebhookMetrics(Collector):
    """Gauges of deliveries."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._state: WebhookState | None = None
        registry.register(self)

    async def refresh(self) -> None:
        """Read them; before each scrape."""
        try:
            async with asyncio.timeout(LONGEST):
                self._state = await read_webhook_state(self._database.drafts)
        except (MastheadError, TimeoutError, *FAILURES):
            self._state = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The metrics, as prometheus_client asks for them."""
        if (state := self._state) is None:
            return
        deliveries = GaugeMetricFamily(
            "masthead_webhook_deliveries", "Deliveries that have not arrived.", labels=["state"]
        )
        deliveries.add_metric(["pending"], state.pending)
        deliveries.add_metric(["dead"], state.dead)
        disabled = GaugeMetricFamily("masthead_webhooks_disabled", "Webhooks that are told of nothing.")
        disabled.add_metric([], state.disabled)
        yield from (deliveries, disabled)
