"""Operations by name: how many, how long, and a log line for each that was slow."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from prometheus_client.core import CounterMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from masthead.query import Executed

log = structlog.get_logger("masthead.api")

MOST_NAMES = 200
"""Names come from clients: those beyond are counted together, so that nobody fills the memory."""

OTHERS = "(others)"
NAMELESS = "(no name)"

MOST_SQL = 20_000
"""Characters of a statement in a log line."""


@dataclass(slots=True)
class _Sums:
    done: int = 0
    failed: int = 0
    slow: int = 0
    seconds: float = 0.0


class Operations(Collector):
    """Counts what it is told. `slow` is in seconds: what takes longer is logged; 0 logs nothing."""

    def __init__(self, slow: float) -> None:
        self._slow = slow
        self._sums: dict[str, _Sums] = {}

    def note(self, executed: Executed) -> None:
        """One operation."""
        sums = self._sums.get(executed.name or NAMELESS)
        if sums is None:
            is_full = len(self._sums) >= MOST_NAMES
            sums = self._sums.setdefault(OTHERS if is_full else executed.name or NAMELESS, _Sums())
        sums.seconds += executed.seconds
        if executed.has_failed:
            sums.failed += 1
        else:
            sums.done += 1
        if 0 < self._slow < executed.seconds:
            sums.slow += 1
            _log_slow(executed)

    def collect(self) -> Iterator[Metric]:
        """The metrics, as prometheus_client asks for them."""
        operations = CounterMetricFamily(
            "masthead_operations", "Statements of operations.", labels=["operation", "outcome"]
        )
        seconds = CounterMetricFamily(
            "masthead_operation_seconds", "Seconds that operations waited for SQL.", labels=["operation"]
        )
        slow = CounterMetricFamily(
            "masthead_slow_operations", "Operations logged as slow.", labels=["operation"]
        )
        for name, sums in self._sums.items():
            operations.add_metric([name, "done"], sums.done)
            operations.add_metric([name, "failed"], sums.failed)
            seconds.add_metric([name], sums.seconds)
            slow.add_metric([name], sums.slow)
        yield from (operations, seconds, slow)


def _log_slow(executed: Executed) -> None:
    """Without the values of variables, which may be anybody's."""
    log.warning(
        "operation.slow",
        operation=executed.name or NAMELESS,
        hash=hashlib.sha256(executed.text.encode("utf-8", "replace")).hexdigest(),
        sql_ms=round(executed.seconds * 1000, 2),
        has_failed=executed.has_failed,
        sql=executed.sql[:MOST_SQL],
    )
