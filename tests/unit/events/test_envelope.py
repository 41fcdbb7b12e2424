"""The envelope: what CloudEvents asks for, as the schemas say, and nothing that is null."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from masthead.events import StoredEvent, cloud_event, event_schemas
from masthead.model import default_model

SCHEMAS = event_schemas(default_model())
DATA = {"type": "Post", "number": 2, "path": "/posts/a/", "formerPath": None, "state": "published"}
EVENT = StoredEvent(
    41,
    UUID("01a2064a-d9d9-7451-abed-d5b8bfcf3a2f"),
    "content.entry.published.v1",
    UUID(int=7),
    UUID(int=8),
    DATA,
    "schedule:9",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    datetime(2026, 11, 23, 2, 50, tzinfo=UTC),
)
RELEASE = replace(
    EVENT,
    type="content.release.dropped.v1",
    entry=None,
    revision=None,
    cause=None,
    trace_parent=None,
    data={"release": str(UUID(int=3)), "name": "Spring"},
)


@pytest.mark.parametrize("event", [EVENT, RELEASE], ids=["entry", "release"])
def test_it_is_as_its_schema_says(event: StoredEvent) -> None:
    schema = SCHEMAS[event.type] | {"additionalProperties": False}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [each.message for each in validator.iter_errors(cloud_event(event, "https://example.org"))] == []


def test_what_an_event_does_not_have_is_left_out() -> None:
    assert {"subject", "revision", "cause", "traceparent"}.isdisjoint(cloud_event(RELEASE, "/"))


def test_names_of_attributes_are_lower_case_letters_and_digits() -> None:
    """CloudEvents 1.0.2, section 2.2."""
    names = cloud_event(EVENT, "/").keys() - {"data"}
    assert all(name.isalnum() and name == name.lower() and len(name) <= 20 for name in names)


def test_sequences_sort_as_positions_do() -> None:
    positions = [9, 10, 99, 100, 2**40]
    sequences = [cloud_event(replace(EVENT, position=each), "/")["sequence"] for each in positions]
    assert sequences == sorted(sequences)


def test_the_time_is_utc() -> None:
    there = datetime(2026, 11, 23, 4, 50, tzinfo=timezone(timedelta(hours=2)))
    assert cloud_event(replace(EVENT, created_at=there), "/")["time"] == "2026-11-23T02:50:00.000000Z"
