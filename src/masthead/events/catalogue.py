"""Every type of event and the shape of its data: the one list from which schemas and documents are made.

A shape is a JSON Schema without what is the same for all. What is added to a shape is optional for readers;
what is taken from it, or means something else, makes a new version of the type: `….v2`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masthead.model import ContentModel

Schema = Mapping[str, Any]

OPEN = "x-open"
"""Of an enumeration: others may come, when the model gets them. Consumers ignore what they do not know."""

_ID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_IDS: Schema = {"type": "array", "items": _ID}
_ACTION: Schema = {"enum": ["publish", "unpublish"]}


@dataclass(frozen=True, slots=True)
class EventType:
    """`name` is such as "content.entry.published.v1"; `data` the properties of its data, of which those in
    `optional` may be missing."""

    name: str
    says: str
    data: Mapping[str, Schema]
    optional: frozenset[str] = frozenset()
    is_of_entry: bool = True


def event_types(model: ContentModel) -> tuple[EventType, ...]:
    """What can happen in a publication with this model."""
    return (*_of_entries(model), *_of_releases(), _schedule_failed())


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _entry(model: ContentModel) -> dict[str, Schema]:
    """What every event of an entry says of it."""
    return {
        "type": {"enum": sorted(each.name for each in model), OPEN: True, "description": "The content type."},
        "number": {"type": "integer", "minimum": 1, "description": "The number of the newest revision."},
        "path": {**_or_null(_TEXT), "description": "The address, if it has one."},
        "formerPath": {**_or_null(_TEXT), "description": "The public address before, if it was another."},
        "state": {"enum": ["draft", "published", "changed", "archived", "deleted"]},
    }


def _of_entries(model: ContentModel) -> Iterator[EventType]:
    entry = _entry(model)

    def made(event: str, says: str, /, **more: Schema) -> EventType:
        return EventType(f"content.entry.{event}.v1", says, entry | more, frozenset(more))

    restored = {"restored": _ID, "restoredNumber": _NUMBER, "ignored": {"type": "array", "items": _TEXT}}
    fields: Schema = {"type": "array", "items": _TEXT, "description": "Fields that are not as they were."}
    yield made("created", "An entry is new; it is a draft.", fields=fields, of=_ID)
    yield made("saved", "An entry has a new revision.", fields=fields, **restored)
    yield made("published", "A revision of an entry is public now.", fields=fields)
    yield made("unpublished", "An entry is not public any more.")
    yield made("archived", "An entry is in neither stage any more, and can come back.")
    yield made("unarchived", "An entry that was archived is a draft again.")
    yield made("deleted", "An entry is gone for good.")
    yield made(
        "scheduled", "Something will happen to an entry.", schedule=_ID, will=_ACTION, due=_MOMENT, pinned=_ID
    )
    yield made(
        "unscheduled", "What was to happen to an entry will not.", schedule=_ID, would=_ACTION, due=_MOMENT
    )


def _items(**more: Schema) -> Schema:
    properties = {"entry": _ID, "action": _ACTION, **more}
    return {
        "type": "array",
        "items": {"type": "object", "properties": properties, "required": sorted(properties)},
    }


def _of_releases() -> Iterator[EventType]:
    def made(event: str, says: str, /, **more: Schema) -> EventType:
        data = {"release": _ID, **more}
        return EventType(f"content.release.{event}.v1", says, data, frozenset(more), is_of_entry=False)

    yield made("created", "A release is new.", name=_TEXT, items=_items(revision=_or_null(_ID)))
    yield made(
        "changed", "A release has other items.", name=_TEXT, taken=_IDS, items=_items(revision=_or_null(_ID))
    )
    yield made("scheduled", "A release will be published.", name=_TEXT, schedule=_ID, due=_MOMENT)
    yield made(
        "unscheduled", "A release will not be published then.", schedule=_ID, would=_ACTION, due=_MOMENT
    )
    yield made(
        "published", "All changes of a release are public.", name=_TEXT, items=_items(), cancelled=_IDS
    )
    yield made("dropped", "A release will never be published.", name=_TEXT, cancelled=_IDS)


def _schedule_failed() -> EventType:
    fault = {
        "type": "object",
        "properties": {"entry": _or_null(_ID), "path": _TEXT, "code": _TEXT, "message": _TEXT},
        "required": ["entry", "path", "code", "message"],
    }
    data: dict[str, Schema] = {
        "schedule": _ID,
        "action": _ACTION,
        "release": _or_null(_ID),
        "due": _MOMENT,
        "code": _TEXT,
        "message": _TEXT,
        "remedy": _TEXT,
        "faults": {"type": "array", "items": fault},
        "missing": _IDS,
    }
    says = "What was to happen could not, and is not tried again."
    return EventType("content.schedule.failed.v1", says, data, is_of_entry=False)
