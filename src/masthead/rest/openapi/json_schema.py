"""Kinds of field as JSON Schema (draft 2020-12, as OpenAPI 3.1 has it): what an answer holds."""

from typing import Any, assert_never

from masthead.model import kinds
from masthead.query import is_int32

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A schema of the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """The schema, or null."""
    if isinstance(schema.get("type"), str):
        found = {**schema, "type": [schema["type"], "null"]}
        return {**found, "enum": [*schema["enum"], None]} if "enum" in schema else found
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


def scalar_schema(kind: kinds.Scalar | kinds.Slug | kinds.Json | None) -> Schema:
    """The schema of one value; None is an id. Bounds of the model are left out: they bind what is written
    from now on, not what was published before."""
    match kind:
        case None:
            return {"type": "string", "format": "uuid"}
        case kinds.Text() | kinds.Slug():
            return {"type": "string"}
        case kinds.Url():
            return {"type": "string", "format": "uri-reference"}
        case kinds.Integer() if is_int32(kind):
            return {"type": "integer", "format": "int32"}
        case kinds.Integer():
            return {"type": "string", "pattern": "^-?[0-9]+$"}
        case kinds.Float():
            return {"type": "number", "format": "double"}
        case kinds.Decimal():
            return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
        case kinds.Boolean():
            return {"type": "boolean"}
        case kinds.Date():
            return {"type": "string", "format": "date"}
        case kinds.DateTime():
            return {"type": "string", "format": "date-time"}
        case kinds.Enumeration(values=values):
            return {"type": "string", "enum": list(values)}
        case kinds.Json():
            return {}
        case _:
            assert_never(kind)


def array_of(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def comma_separated(items: Schema) -> Schema:
    """A list in a query string."""
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


def noted(schema: Schema, description: str, deprecation: str | None = None) -> Schema:
    """The schema with what the model says of it."""
    text = " ".join(filter(None, (description, f"Deprecated: {deprecation}" if deprecation else "")))
    found = dict(schema)
    if text:
        found["description"] = text
    if deprecation is not None:
        found["deprecated"] = True
    return found
