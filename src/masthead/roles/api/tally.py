"""What every request adds to: plain sums, a microsecond a request, made into metrics when someone scrapes."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString


@dataclass(slots=True)
class _Sums:
    """Of one route. `by_bucket` counts requests by the first bound that they do not exceed."""

    by_bucket: list[int]
    by_status: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    sent: int = 0
    statements: int = 0
    sql_seconds: float = 0.0


class Tally(Collector):
    """Requests by route; for one thread, as an event loop is. `bounds` are those of the histogram, in
    seconds; each metric is called `prefix` and its own name."""

    def __init__(self, prefix: str, bounds: tuple[float, ...]) -> None:
        self._prefix = prefix
        self._bounds = bounds
        self._routes: dict[str, _Sums] = {}

    def add(
        self, route: str, status: int, seconds: float, sent: int, statements: int, sql_seconds: float
    ) -> None:
        """One request: `sent` in bytes."""
        sums = self._routes.get(route)
        if sums is None:
            sums = self._routes[route] = _Sums([0] * (len(self._bounds) + 1))
        sums.by_status[status] = sums.by_status.get(status, 0) + 1
        sums.by_bucket[bisect_left(self._bounds, seconds)] += 1
        sums.seconds += seconds
        sums.sent += sent
        sums.statements += statements
        sums.sql_seconds += sql_seconds

    def collect(self) -> Iterator[Metric]:
        """The metrics, as prometheus_client asks for them."""
        yield self._requests()
        yield self._durations()
        for name, help_text, attribute in (
            ("response_bytes", "Bytes of bodies sent.", "sent"),
            ("sql_statements", "Statements sent by requests.", "statements"),
            ("sql_seconds", "Seconds that requests waited for SQL.", "sql_seconds"),
        ):
            family = CounterMetricFamily(f"{self._prefix}_{name}", help_text, labels=["route"])
            for route, sums in self._routes.items():
                family.add_metric([route], getattr(sums, attribute))
            yield family

    def _requests(self) -> Metric:
        family = CounterMetricFamily(
            f"{self._prefix}_requests", "Requests answered.", labels=["route", "status"]
        )
        for route, sums in self._routes.items():
            for status, count in sums.by_status.items():
                family.add_metric([route, str(status)], count)
        return family

    def _durations(self) -> Metric:
        family = HistogramMetricFamily(
            f"{self._prefix}_request_seconds", "From a request's head to its answer's end.", labels=["route"]
        )
        names = [*map(floatToGoString, self._bounds), "+Inf"]
        for route, sums in self._routes.items():
            total, buckets = 0, []
            for name, count in zip(names, sums.by_bucket, strict=True):
                total += count
                buckets.append((name, total))
            family.add_metric([route], buckets, sums.seconds)
        return family
