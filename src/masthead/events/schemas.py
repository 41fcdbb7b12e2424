"""JSON Schemas of the events, as consumers get them; and whether newer ones still keep their promises."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masthead.events.catalogue import OPEN, EventType, event_types
from masthead.model import ContentModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TRACE_PARENT = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"


def event_schemas(model: ContentModel) -> dict[str, dict[str, Any]]:
    """The schema of each event as CloudEvents JSON, by the event's type."""
    return {each.name: _schema(each) for each in event_types(model)}


def _schema(event: EventType) -> dict[str, Any]:
    data = {
        "type": "object",
        "properties": dict(event.data),
        "required": sorted(event.data.keys() - event.optional),
    }
    required = [
        "specversion",
        "id",
        "source",
        "type",
        "time",
        "datacontenttype",
        "sequence",
        "position",
        "data",
    ]
    of_entry = ["subject", "revision"] if event.is_of_entry else []
    return {
        "$schema": DIALECT,
        "title": event.name,
        "description": event.says,
        "type": "object",
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid", "description": "The same each time it is sent."},
            "source": {"type": "string", "format": "uri-reference", "description": "The publication."},
            "type": {"const": event.name},
            "subject": {"type": "string", "format": "uuid", "description": "The entry."},
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"const": "application/json"},
            "sequence": {"type": "string", "pattern": "^[0-9]{20}$", "description": "The position, padded."},
            "position": {"type": "string", "pattern": "^[1-9][0-9]*$", "description": "Dense, from 1."},
            "revision": {"type": "string", "format": "uuid", "description": "The entry's newest revision."},
            "cause": {"type": "string", "description": "The request, schedule or import that it comes from."},
            "traceparent": {"type": "string", "pattern": _TRACE_PARENT},
            "data": data,
        },
        "required": [*required, *of_entry],
    }


def incompatible(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Sequence[str]:
    """What a consumer of the older schemas would miss or not understand in events of the newer ones, a
    sentence each; empty where every newer event is a good older one."""
    found: list[str] = []
    for name, old in before.items():
        if name not in after:
            found.append(f"{name} is not there any more.")
        else:
            found += [f"{name}: {each}" for each in _narrowed(old, after[name], "")]
    return found


def _narrowed(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[str]:
    """Objects member by member; what is not an object must be the same, but that it may have fewer values."""
    place = path or "the event"
    if "properties" not in old or "properties" not in new:
        if not _is_within(new, old):
            yield f"{place} may be something else now."
        return
    for name, value in old["properties"].items():
        inner = f"{path}.{name}" if path else name
        if name not in new["properties"]:
            yield f"{inner} is not there any more."
            continue
        if name in old.get("required", ()) and name not in new.get("required", ()):
            yield f"{inner} may be missing now."
        yield from _narrowed(value, new["properties"][name], inner)


def _is_within(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether every value of the new schema is one of the old; where that is not plain, no."""
    plain_new, plain_old = _bare(new), _bare(old)
    if "enum" in plain_new and "enum" in plain_old:
        return OPEN in plain_old or set(plain_new["enum"]) <= set(plain_old["enum"])
    if "items" in plain_new and "items" in plain_old:
        return not list(_narrowed(plain_old["items"], plain_new["items"], "an item"))
    if "anyOf" in plain_old:
        return _is_one_of(plain_new, plain_old["anyOf"])
    return plain_new == plain_old


def _is_one_of(new: Mapping[str, Any], choices: Sequence[Mapping[str, Any]]) -> bool:
    given = new.get("anyOf", [new])
    return all(any(_is_within(each, choice) for choice in choices) for each in given)


def _bare(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("description", "title", "$schema")}
