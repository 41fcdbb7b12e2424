"""Commands in the OpenAPI document: paths from the table of routes, and what is answered."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.openapi.drafts import RECORD, STATES, draft_name
from masthead.rest.openapi.inputs import input_name
from masthead.rest.openapi.json_schema import Schema, array_of, ref
from masthead.rest.problem import MEDIA_TYPE
from masthead.rest.reply import JSON
from masthead.rest.resource import Resources
from masthead.rest.writing.arguments import MOST, Arguments, Item, Many
from masthead.rest.writing.routes import Route, routes

TAG = "Commands"

_ID: Schema = {"type": "string", "format": "uuid"}
_ID_OR_NULL: Schema = {"type": ["string", "null"], "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_TEXT: Schema = {"type": "string"}
_PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": 500}

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

_PARAMETERS: dict[str, Schema] = {
    "note": {"schema": {**_TEXT}, "description": "What history says of it."},
    "base": {"schema": _ID, "description": "The head as you know it, instead of If-Match."},
    "forGood": {"schema": {"type": "boolean"}, "description": "Remove what is archived, with its history."},
    "before": {"schema": {"type": "integer"}, "description": "Only those with a smaller number."},
    "page[size]": {"schema": _PAGE, "description": "How many."},
    "page[after]": {"schema": _ID, "description": "`next` of the page before."},
    "from": {"schema": _TEXT, "description": "A revision's number or id.", "required": True},
    "to": {"schema": _TEXT, "description": "A revision's number or id.", "required": True},
}

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "schema": _TEXT,
    "description": "The head as you know it: the ETag of a draft. Where others have saved since, a save is "
    "merged, and anything else is refused.",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The same command with the same key, within a day, is not done again.",
}


def command_paths(resources: Resources) -> Iterator[tuple[str, str, Any]]:
    """Path, method and operation of each route."""
    for route in routes(resources):
        yield route.path, route.method.lower(), _operation(route)


def path_parameters(path: str) -> list[Schema]:
    """The parameters of the names in braces."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    described = {"revision": {"schema": _TEXT, "description": "A revision's number or id."}}
    return [
        {"name": name, "in": "path", "required": True, **described.get(name, {"schema": _ID})}
        for name in names
    ]


def command_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """The components that the operations refer to."""
    yield "entryRecord", RECORD
    yield "entryChange", _object(_STANDING)
    for resource in resources:
        name = resource.type.name
        data = {"anyOf": [ref(draft_name(name)), {"type": "null"}], "description": "The draft now."}
        changes = {"entries": array_of(ref("entryChange"))}
        yield change_name(name), _object({"data": data, **_STANDING, **_COMMON, **changes})
    yield "entryChanges", _object({"entries": array_of(ref("entryChange")), **_COMMON})
    yield from _release_schemas()
    yield from _history_schemas()
    yield from _argument_schemas()


def change_name(name: str) -> str:
    """What the schema of what became of an entry is called."""
    return f"changed{name}"


def _operation(route: Route) -> Schema:
    found: Schema = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [TAG if route.resource is None else route.resource.type.name],
        "security": [{"token": []}, {"session": []}],
        "parameters": [*_parameters(route)],
    }
    if route.takes is not None:
        is_needed = route.takes in ("fields", "bulk") or _has_required(route.takes)
        found["requestBody"] = {"required": is_needed, "content": {JSON: {"schema": _body(route)}}}
    return {**found, "responses": _responses(route)}


def _has_required(takes: Any) -> bool:
    return any(each.is_required() for each in takes.model_fields.values())


def _parameters(route: Route) -> Iterator[Schema]:
    for name in route.parameters:
        yield {"name": name, "in": "query", **_PARAMETERS[name]}
    if route.is_based:
        yield _IF_MATCH
    if route.method != "GET":
        yield _KEY


def _body(route: Route) -> Schema:
    match route.takes:
        case "fields" if route.resource is not None:
            return ref(input_name(route.resource.type.name))
        case "bulk":
            return {**array_of(ref("command")), "minItems": 1, "maxItems": MOST}
        case type() as model:
            return _plain(model)
        case _:
            raise AssertionError(f"{route.name} takes nothing")


def _plain(model: type[Arguments]) -> Schema:
    schema = model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    for name in ("$defs", "description", "title"):
        schema.pop(name, None)
    found: Schema = _untitled(_renamed(schema))
    return found


def _argument_schemas() -> Iterator[tuple[str, Schema]]:
    whole = Many.json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    for name, schema in whole["$defs"].items():
        yield _camel(name), _untitled(_renamed(schema))
    mapping = {
        key: _renamed({"$ref": each})["$ref"]
        for key, each in whole["items"]["discriminator"]["mapping"].items()
    }
    one_of = [_renamed(each) for each in whole["items"]["oneOf"]]
    discriminator = {"propertyName": "command", "mapping": mapping}
    yield "command", {"oneOf": one_of, "discriminator": discriminator}
    yield "releaseItem", _plain(Item)


def _camel(name: str) -> str:
    """Content types begin with a capital, so these do not."""
    return {"Item": "releaseItem"}.get(name, name[0].lower() + name[1:])


def _renamed(schema: Any) -> Any:
    """With references to the names that the components have."""
    if isinstance(schema, dict):
        return {
            key: f"#/components/schemas/{_camel(value.rpartition('/')[2])}"
            if key == "$ref"
            else _renamed(value)
            for key, value in schema.items()
        }
    return [_renamed(each) for each in schema] if isinstance(schema, list) else schema


def _untitled(schema: Any) -> Any:
    """Pydantic names every schema anew in words that say nothing more."""
    if isinstance(schema, dict):
        return {
            key: _untitled(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_untitled(each) for each in schema] if isinstance(schema, list) else schema


def _responses(route: Route) -> Schema:
    done: Schema = {"description": "It is done." if route.method != "GET" else "It is there."}
    done["content"] = {JSON: {"schema": ref(_answer(route))}}
    headers: Schema = {}
    if route.answers == "entry":
        headers["ETag"] = {"description": "The head, in quotes.", "schema": _TEXT}
    if route.status == 201:
        headers["Location"] = {"description": "Where it is.", "schema": _TEXT}
    if headers:
        done["headers"] = headers
    return {str(route.status): done, **_PROBLEMS}


def _answer(route: Route) -> str:
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


def _release_schemas() -> Iterator[tuple[str, Schema]]:
    person = _object({"id": _ID, "name": _TEXT})
    action = {"type": "string", "enum": ["publish", "unpublish"]}
    stub = {"id": _ID, "path": {"type": ["string", "null"]}, "type": _TEXT}
    item = {
        "entry": {
            "anyOf": [_object(stub), {"type": "null"}],
            "description": "Null where you may not see it.",
        },
        "action": action,
        "revision": _ID_OR_NULL,
    }
    state = {"type": "string", "enum": ["pending", "done", "failed", "cancelled"]}
    moment_or_null = {"type": ["string", "null"], "format": "date-time"}
    schedule = {"id": _ID, "at": _MOMENT, "localAt": _MOMENT, "state": state, "ranAt": moment_or_null}
    schedule |= {"isLate": {"type": "boolean"}, "error": {}}
    release = {
        "id": _ID,
        "name": _TEXT,
        "state": {"type": "string", "enum": ["open", "published", "dropped"]},
        "createdAt": _MOMENT,
        "publishedAt": moment_or_null,
        "createdBy": {"anyOf": [person, {"type": "null"}]},
        "items": array_of(_object(item)),
        "schedules": array_of(_object(schedule)),
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


_PROBLEMS: Schema = {
    "default": {
        "description": "What is wrong: with `faults`, one for each place, or with `conflict`.",
        "content": {MEDIA_TYPE: {"schema": ref("problem")}},
    }
}
