"""What commands and their history answer, as schemas."""

from collections.abc import Iterator

from masthead.rest.openapi.drafts import RECORD, STATES, draft_name
from masthead.rest.openapi.json_schema import Schema, array_of, ref
from masthead.rest.resource import Resources
from masthead.rest.writing.routes import Route

_ID: Schema = {"type": "string", "format": "uuid"}
_ID_OR_NULL: Schema = {"type": ["string", "null"], "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_MOMENT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
_TEXT: Schema = {"type": "string"}
_ACTION: Schema = {"type": "string", "enum": ["publish", "unpublish"]}
_PERSON_OR_NULL: Schema = {
    "type": ["object", "null"],
    "required": ["id", "name"],
    "properties": {"id": _ID, "name": _TEXT},
}

_STANDING: Schema = {
    "id": _ID,
    "type": {**_TEXT, "description": "The name of its content type."},
    "revision": {**_ID, "description": "The head: the base of the next change."},
    "number": {"type": "integer", "description": "The number of the head."},
    "published": {**_ID_OR_NULL, "description": "What is public."},
    "state": {"type": "string", "enum": STATES},
    "isMerged": {"type": "boolean", "description": "Whether others had changed it meanwhile."},
}
_COMMON: Schema = {
    "schedule": {**_ID_OR_NULL, "description": "The newest schedule that was made."},
    "isRepeated": {"type": "boolean", "description": "Whether its idempotency key had done it before."},
    "detail": {"type": "object", "description": "What else is to be said."},
}


def answer_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """The components of what operations answer."""
    yield "entryRecord", RECORD
    yield "entryChange", _object(_STANDING)
    for resource in resources:
        name = resource.type.name
        data = {"anyOf": [ref(draft_name(name)), {"type": "null"}], "description": "The draft now."}
        changes = {"entries": array_of(ref("entryChange"))}
        yield change_name(name), _object({"data": data, **_STANDING, **_COMMON, **changes})
    yield "entryChanges", _object({"entries": array_of(ref("entryChange")), **_COMMON})
    yield from _schedule_schemas()
    yield from _release_schemas()
    yield from _history_schemas()


def change_name(name: str) -> str:
    """What the schema of what became of an entry is called."""
    return f"changed{name}"


def answer_name(route: Route) -> str:
    """What the schema of a route's answer is called."""
    match route.answers:
        case "entry" if route.resource is not None:
            return change_name(route.resource.type.name)
        case "entries":
            return "entryChanges"
        case "release":
            return "releaseChange"
        case "releases":
            return "releases"
        case "oneRelease":
            return "release"
        case answer:
            return answer


def _schedule_schemas() -> Iterator[tuple[str, Schema]]:
    schedule = {
        "id": _ID,
        "at": {**_MOMENT, "description": "When it is due, in UTC."},
        "localAt": {**_MOMENT, "description": "The same moment in the site's time zone."},
        "action": _ACTION,
        "revision": {**_ID_OR_NULL, "description": "Null: what is the head at that moment."},
        "state": {"type": "string", "enum": ["pending", "done", "failed", "cancelled"]},
        "createdAt": _MOMENT,
        "createdBy": _PERSON_OR_NULL,
        "ranAt": _MOMENT_OR_NULL,
        "isLate": {"type": "boolean", "description": "Whether nobody was there to do it in time."},
        "error": {"description": "Why it failed."},
    }
    yield "schedule", _object(schedule)
    yield "schedules", _object({"data": array_of(ref("schedule"))})


def _release_schemas() -> Iterator[tuple[str, Schema]]:
    stub = {"id": _ID, "path": {"type": ["string", "null"]}, "type": _TEXT}
    item = {
        "entry": {
            "anyOf": [_object(stub), {"type": "null"}],
            "description": "Null where you may not see it.",
        },
        "action": _ACTION,
        "revision": _ID_OR_NULL,
    }
    release = {
        "id": _ID,
        "name": _TEXT,
        "state": {"type": "string", "enum": ["open", "published", "dropped"]},
        "createdAt": _MOMENT,
        "publishedAt": _MOMENT_OR_NULL,
        "createdBy": _PERSON_OR_NULL,
        "items": array_of(_object(item)),
        "schedules": array_of(ref("schedule")),
    }
    yield "release", _object(release)
    yield "releases", _object({"data": array_of(ref("release")), "page": ref("PageInfo")})
    changed = {"data": ref("release"), "entries": array_of(ref("entryChange")), **_COMMON}
    yield "releaseChange", _object(changed)


def _history_schemas() -> Iterator[tuple[str, Schema]]:
    named = {"type": ["object", "null"], "properties": {"id": _ID, "name": _TEXT}}
    based = {"type": ["object", "null"], "properties": {"id": _ID, "number": {"type": ["integer", "null"]}}}
    flags: Schema = {name: {"type": "boolean"} for name in ("isHead", "isPublished", "wasPublished")}
    line = {
        "id": _ID,
        "entry": _ID,
        "number": {"type": "integer"},
        "createdAt": _MOMENT,
        "source": {"type": "string", "enum": ["api", "studio", "import", "schedule", "cli"]},
        "author": named,
        "token": named,
        "base": based,
        "note": {"type": ["string", "null"]},
        "model": _TEXT,
        **flags,
    }
    yield "revisionLine", _object(line)
    yield "revisions", _object({"data": array_of(ref("revisionLine")), "page": ref("PageInfo")})
    yield "revision", _object({"revision": ref("revisionLine"), "fields": {"type": "object"}})
    sides = {"before": ref("revisionLine"), "after": ref("revisionLine")}
    changes = {"changes": array_of({"type": "object"}), "entries": {"type": "object"}}
    yield "diff", _object({**sides, **changes})


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}
