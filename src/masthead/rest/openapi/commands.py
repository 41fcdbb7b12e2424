"""Commands in the OpenAPI document: paths from the table of routes."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.openapi.command_answers import answer_name
from masthead.rest.openapi.command_arguments import plain_schema
from masthead.rest.openapi.inputs import input_name
from masthead.rest.openapi.json_schema import Schema, array_of, ref
from masthead.rest.problem import MEDIA_TYPE
from masthead.rest.reply import JSON
from masthead.rest.resource import Resources
from masthead.rest.writing.arguments import MOST
from masthead.rest.writing.routes import Route, routes

TAG = "Commands"

_ID: Schema = {"type": "string", "format": "uuid"}
_TEXT: Schema = {"type": "string"}
_PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": 500}

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
            return plain_schema(model)
        case _:
            raise AssertionError(f"{route.name} takes nothing")


def _responses(route: Route) -> Schema:
    done: Schema = {"description": "It is done." if route.method != "GET" else "It is there."}
    done["content"] = {JSON: {"schema": ref(answer_name(route))}}
    headers: Schema = {}
    if route.answers == "entry":
        headers["ETag"] = {"description": "The head, in quotes.", "schema": _TEXT}
    if route.status == 201:
        headers["Location"] = {"description": "Where it is.", "schema": _TEXT}
    if headers:
        done["headers"] = headers
    return {str(route.status): done, **_PROBLEMS}


_PROBLEMS: Schema = {
    "default": {
        "description": "What is wrong: with `faults`, one for each place, or with `conflict`.",
        "content": {MEDIA_TYPE: {"schema": ref("problem")}},
    }
}
