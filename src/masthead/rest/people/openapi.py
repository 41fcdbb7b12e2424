"""The doors of people in the OpenAPI document: paths from the table of routes, and what they give."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.people.door import Body
from masthead.rest.people.routes import ROUTES, Route
from masthead.rest.problem import MEDIA_TYPE
from masthead.rest.reply import JSON

Schema = dict[str, Any]

TAG = "People"

_ID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_WHO = {
    "anyone": "For anyone.",
    "known": "For whoever has an account.",
    "person": "For a person with a session: no API token may do it.",
    "owner": "For owners; an API token needs the scope `administer`.",
}

SECURITY: Schema = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token, `mh_…`."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-masthead",
        "description": "What POST /api/session gives. What changes something needs the site's Origin.",
    },
}


def people_paths() -> Iterator[tuple[str, Any]]:
    """Each path with its operations."""
    paths: dict[str, Any] = {}
    for route in ROUTES:
        item = paths.setdefault(route.path, _shared(route))
        item[route.method.lower()] = _operation(route)
    yield from paths.items()


def people_schemas() -> Iterator[tuple[str, Schema]]:
    """The components that the paths refer to."""
    account = {
        "id": _ID, "email": _TEXT, "name": _TEXT, "roles": _TEXTS, "groups": _TEXTS,
        "hasPassword": {"type": "boolean"}, "createdAt": _MOMENT, "suspendedAt": _or_null(_MOMENT),
    }  # fmt: skip
    token = {
        "id": _ID, "name": _TEXT, "scopes": _TEXTS, "createdAt": _MOMENT, "expiresAt": _or_null(_MOMENT),
        "usedAt": _or_null(_MOMENT), "revokedAt": _or_null(_MOMENT),
    }  # fmt: skip
    session = {
        "id": _ID, "isCurrent": {"type": "boolean"}, "createdAt": _MOMENT, "usedAt": _MOMENT,
        "expiresAt": _MOMENT, "address": _or_null(_TEXT), "agent": _or_null(_TEXT),
    }  # fmt: skip
    group = {"id": _ID, "name": _TEXT, "roles": _TEXTS, "members": {"type": "array", "items": _ID}}
    yield "account", _object(account)
    yield "accounts", _object({"accounts": _list("account"), "next": _or_null(_TEXT)})
    yield "invited", _object({**account, "link": _TEXT})
    yield "link", _object({"link": _TEXT})
    yield "token", _object(token)
    yield "tokens", _object({"tokens": _list("token")})
    yield "newToken", _object({**token, "text": _TEXT})
    yield "session", _object(session)
    yield "sessions", _object({"sessions": _list("session")})
    yield "group", _object(group)
    yield "groups", _object({"groups": _list("group")})
    yield "entrance", _object({"account": _ref("account"), "expiresAt": _MOMENT})
    yield "viewer", _object(
        {
            "account": _ref("account"), "roles": _TEXTS, "session": _or_null(_ID), "token": _or_null(_ID),
            "scopes": {"type": ["array", "null"], "items": _TEXT},
        }
    )  # fmt: skip
    yield "auditLine", _audit_line()
    yield "audit", _object({"lines": _list("auditLine"), "next": _or_null(_ID)})


def _audit_line() -> Schema:
    ids = {name: _or_null(_ID) for name in ("account", "token")}
    texts = {name: _or_null(_TEXT) for name in ("subject", "code", "request", "address")}
    known = {"id": _ID, "at": _MOMENT, "source": _TEXT, "action": _TEXT, "detail": {"type": "object"}}
    return _object({**known, **ids, **texts, "outcome": {"enum": ["done", "refused"]}})


def _shared(route: Route) -> Schema:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    given = [{"name": name, "in": "path", "required": True, "schema": _ID} for name in names]
    return {"parameters": given} if given else {}


def _operation(route: Route) -> Schema:
    found: Schema = {
        "operationId": route.name,
        "summary": route.summary.partition(". ")[0].removesuffix(".") + ".",
        "description": f"{route.summary} {_WHO[route.who]}",
        "tags": [TAG],
        "security": []
        if route.who == "anyone"
        else [{"session": []}] + [{"token": []}] * _takes_tokens(route),
    }
    if route.asks is not None:
        found["parameters"] = [*_parameters(route.asks)]
    if route.takes is not None:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": _body(route.takes)}}}
    return found | {"responses": _responses(route)}


def _takes_tokens(route: Route) -> bool:
    return route.who in ("known", "owner")


def _responses(route: Route) -> Schema:
    done: Schema = {"description": "It is done."}
    if route.gives is not None:
        done["content"] = {JSON: {"schema": _ref(route.gives)}}
    elif route.status == 200:
        done["content"] = {"application/jsonl": {"schema": _TEXT}}
    problem = {"description": "What is wrong.", "content": {MEDIA_TYPE: {"schema": _ref("problem")}}}
    return {str(route.status): done, "default": problem}


def _parameters(model: type[Body]) -> Iterator[Schema]:
    for name, schema in _body(model)["properties"].items():
        yield {"name": name, "in": "query", "schema": schema}


def _body(model: type[Body]) -> Schema:
    found = model.model_json_schema()
    found.pop("description", None)
    _untitle(found)
    return found


def _untitle(schema: Schema) -> None:
    """Pydantic names every schema anew in words that say nothing more."""
    schema.pop("title", None)
    for each in schema.get("properties", {}).values():
        _untitle(each)


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
