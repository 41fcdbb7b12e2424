"""What is counted, for Prometheus. Labels are few and bounded: never a path, never a name."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from masthead.roles.api.operations import Operations
from masthead.roles.api.tally import Tally

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


Family = type[CounterMetricFamily] | type[GaugeMetricFamily]


class Metrics:
    """Every metric of an API process, in a registry of its own."""

    def __init__(self, slow_operation: float = 0.0) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series a metric, which nobody reads
        self.registry = CollectorRegistry()
        self.requests = Tally("masthead", _SECONDS)
        self.registry.register(self.requests)
        self.operations = Operations(slow_operation)
        self.registry.register(self.operations)
        self.cache_bytes = self._gauge("page_cache_bytes", "Memory of the page cache in use.")
        self.answer_bytes = self._gauge("answer_cache_bytes", "Memory of the answers' cache in use.")
        self.render_seconds = self._histogram("site_render_seconds", "How long Node took for one answer.")
        self.generation = self._gauge("generation", "Number of the last change of what is public.")
        self.change_listeners = self._gauge("change_listeners", "Open streams of /-/changes.")

    def _counter(self, name: str, help_text: str, *labels: str) -> Counter:
        return Counter(name, help_text, labels, namespace="masthead", registry=self.registry)

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(name, help_text, namespace="masthead", registry=self.registry)

    def _histogram(self, name: str, help_text: str, *labels: str) -> Histogram:
        return Histogram(
            name, help_text, labels, buckets=_SECONDS, namespace="masthead", registry=self.registry
        )

    def add_source(
        self, name: str, help_text: str, label: str, read: Callable[[], Mapping[str, float]]
    ) -> None:
        """A counter that somebody else keeps: `read` gives its value by label, at each scrape."""
        self.registry.register(_Source(f"masthead_{name}", help_text, label, read))

    def add_gauges(
        self, name: str, help_text: str, label: str, read: Callable[[], Mapping[str, float]]
    ) -> None:
        """The same of what goes up and down."""
        self.registry.register(_Source(f"masthead_{name}", help_text, label, read, GaugeMetricFamily))

    def as_text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        return generate_latest(self.registry)


class _Source(Collector):
    def __init__(
        self,
        name: str,
        help_text: str,
        label: str,
        read: Callable[[], Mapping[str, float]],
        family: Family = CounterMetricFamily,
    ) -> None:
        self._name, self._help, self._label, self._read = name, help_text, label, read
        self._family = family

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        family = self._family(self._name, self._help, labels=[self._label])
        for value, number in self._read().items():
            family.add_metric([value], number)
        yield family
