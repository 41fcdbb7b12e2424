"""Operations by name: counted, bounded, and logged when they were slow."""

import io
import json

from prometheus_client import CollectorRegistry, generate_latest

from masthead.kernel.telemetry import configure_logging
from masthead.query import Executed
from masthead.roles.api.operations import MOST_NAMES, Operations


def executed(name: str, seconds: float = 0.25, *, has_failed: bool = False) -> Executed:
    """An operation that was executed."""
    return Executed(name, f"query {name} {{ id }}", "SELECT 1", seconds, has_failed)


def exposed(operations: Operations) -> list[str]:
    """The samples as a scrape gets them."""
    registry = CollectorRegistry()
    registry.register(operations)
    return [line for line in generate_latest(registry).decode().splitlines() if not line.startswith("#")]


def test_each_name_has_its_sums() -> None:
    """How many were done and failed, and how long all of them took."""
    operations = Operations(slow=0)
    for each in (executed("Latest"), executed("Latest", 0.5, has_failed=True), executed("")):
        operations.note(each)
    lines = exposed(operations)
    assert 'masthead_operations_total{operation="Latest",outcome="done"} 1.0' in lines
    assert 'masthead_operations_total{operation="Latest",outcome="failed"} 1.0' in lines
    assert 'masthead_operation_seconds_total{operation="Latest"} 0.75' in lines
    assert 'masthead_operation_seconds_total{operation="(no name)"} 0.25' in lines


def test_names_that_clients_make_up_are_bounded() -> None:
    """Those beyond the limit are counted together, and nothing is lost."""
    operations = Operations(slow=0)
    for number in range(MOST_NAMES + 50):
        operations.note(executed(f"N{number}"))
    lines = exposed(operations)
    assert 'masthead_operations_total{operation="(others)",outcome="done"} 50.0' in lines
    assert sum(line.startswith("masthead_operation_seconds_total") for line in lines) == MOST_NAMES + 1


def test_a_slow_operation_is_one_line_with_its_statement() -> None:
    """With name, hash and milliseconds, without values; a quick one is none."""
    stream = io.StringIO()
    configure_logging("api", "json", "info", stream)
    operations = Operations(slow=0.5)
    operations.note(executed("Quick", 0.5))
    operations.note(executed("Slow", 0.75))
    (line,) = [json.loads(each) for each in stream.getvalue().splitlines()]
    assert (line["event"], line["level"], line["operation"], line["sql_ms"], line["sql"]) == (
        "operation.slow",
        "warning",
        "Slow",
        750.0,
        "SELECT 1",
    )
    assert len(line["hash"]) == 64
    assert 'masthead_slow_operations_total{operation="Slow"} 1.0' in exposed(operations)
