"""Webhooks in the OpenAPI document: paths from the table of routes, and what they give."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.people.door import Body
from masthead.rest.problem import MEDIA_TYPE
from masthead.rest.reply import JSON
from masthead.rest.webhooks.routes import ROUTES, Route

Schema = dict[str, Any]

TAG = "Webhooks"

_ID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_YES: Schema = {"type": "boolean"}


def webhook_paths() -> Iterator[tuple[str, Any]]:
    """Each path with its operations."""
    paths: dict[str, Any] = {}
    for route in ROUTES:
        names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
        given = [{"name": name, "in": "path", "required": True, "schema": _ID} for name in names]
        item = paths.setdefault(route.path, {"parameters": given} if given else {})
        item[route.method.lower()] = _operation(route)
    yield from paths.items()


def webhook_schemas() -> Iterator[tuple[str, Schema]]:
    """The components that the paths refer to."""
    webhook = {
        "id": _ID, "url": _TEXT, "types": {"type": "array", "items": _TEXT},
        "condition": {"type": ["object", "null"]}, "ordered": _YES, "enabled": _YES, "createdAt": _MOMENT,
        "disabledAt": _or_null(_MOMENT), "disabledReason": _or_null(_TEXT),
        "missed": _list("missedEvents"),
    }  # fmt: skip
    delivery = {
        "id": _ID, "webhook": _ID, "lane": _ID, "position": _NUMBER, "event": _ID, "type": _TEXT,
        "state": {"enum": ["pending", "done", "dead"]}, "attempts": _NUMBER, "dueAt": _MOMENT,
        "createdAt": _MOMENT, "endedAt": _or_null(_MOMENT), "reason": _or_null(_TEXT),
    }  # fmt: skip
    attempt = {
        "number": _NUMBER, "at": _MOMENT, "milliseconds": _NUMBER,
        "status": {"type": ["integer", "null"]}, "error": _or_null(_TEXT), "response": _TEXT,
    }  # fmt: skip
    recovered = {
        "lane": _ID, "first": _NUMBER, "last": _NUMBER, "deliveries": _NUMBER, "next": _or_null(_NUMBER)
    }  # fmt: skip
    yield "missedEvents", _object({"first": _NUMBER, "last": _or_null(_NUMBER), "since": _MOMENT})
    yield "webhook", _object(webhook)
    yield "webhooks", _object({"webhooks": _list("webhook")})
    yield "newWebhook", _object({**webhook, "secret": _TEXT})
    yield "webhookSecret", _object({"secret": _TEXT})
    yield "delivery", _object(delivery)
    yield "attempt", _object(attempt)
    yield "deliveries", _object({"deliveries": _list("delivery"), "next": _or_null(_ID)})
    yield "loggedDelivery", _object({**delivery, "log": _list("attempt")})
    yield "replayed", _object({"lane": _ID, "deliveries": _NUMBER})
    yield "recovered", _object(recovered)
    yield "redriven", _object({"deliveries": _NUMBER})


def _operation(route: Route) -> Schema:
    found: Schema = {
        "operationId": route.name,
        "summary": route.summary.partition(". ")[0].removesuffix(".") + ".",
        "description": f"{route.summary} For owners; an API token needs the scope `administer`.",
        "tags": [TAG],
        "security": [{"session": []}, {"token": []}],
    }
    if route.asks is not None:
        properties = _body(route.asks)["properties"].items()
        found["parameters"] = [{"name": name, "in": "query", "schema": schema} for name, schema in properties]
    if route.takes is not None:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": _body(route.takes)}}}
    done: Schema = {"description": "It is done."}
    if route.gives is not None:
        done["content"] = {JSON: {"schema": _ref(route.gives)}}
    problem = {"description": "What is wrong.", "content": {MEDIA_TYPE: {"schema": _ref("problem")}}}
    return found | {"responses": {str(route.status): done, "default": problem}}


def _body(model: type[Body]) -> Schema:
    found = model.model_json_schema()
    found.pop("description", None)
    for each in (found, *found.get("properties", {}).values()):
        each.pop("title", None)
    return found


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
