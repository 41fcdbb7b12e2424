"""The envelope that an event travels in: CloudEvents 1.0, JSON format (https://cloudevents.io)."""

from datetime import UTC
from typing import Any

from masthead.events.stored import StoredEvent

MEDIA_TYPE = "application/cloudevents+json"


def cloud_event(event: StoredEvent, source: str) -> dict[str, Any]:
    """The event as JSON. `source` is the publication's own address; together with `id` it is unique, and the
    same each time the event is sent.

    `sequence` is the extension of that name: positions padded with zeros, so that texts sort as numbers do.
    `position` is the same number bare, as a text, because integers of CloudEvents have 32 bits. What an event
    does not have (a subject, a cause, a trace) is left out: an attribute is never null.
    """
    attributes = {
        "specversion": "1.0",
        "id": str(event.id),
        "source": source,
        "type": event.type,
        "subject": _text(event.entry),
        "time": event.created_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "sequence": f"{event.position:020d}",
        "position": str(event.position),
        "revision": _text(event.revision),
        "cause": event.cause,
        "traceparent": event.trace_parent,
    }
    return {**{name: value for name, value in attributes.items() if value is not None}, "data": event.data}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
