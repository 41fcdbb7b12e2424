"""What is sent of an entry, as schemas: every field optional, null takes a value away."""

from collections.abc import Iterator

from masthead.model import Field, kinds
from masthead.query import is_int32
from masthead.rest.openapi.json_schema import Schema, array_of, noted, nullable, ref, scalar_schema
from masthead.rest.resource import Resources


def input_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """A schema for each content type, and one for each block type."""
    for resource in resources:
        about = f"The fields of a {resource.type.name}. What is left out stays; null takes a value away."
        yield input_name(resource.type.name), _object(resource.type.fields, about)
    for block in resources.model.blocks:
        schema = _object(block.fields, block.description)
        schema["properties"] = {"type": {"type": "string", "const": block.name}, **schema["properties"]}
        yield input_name(block.name), {**schema, "required": ["type"]}


def input_name(name: str) -> str:
    """What the schema of an input is called: no content type can have the name."""
    return f"input{name}"


def _object(fields: tuple[Field, ...], description: str) -> Schema:
    properties = {each.api_name: _field(each) for each in fields}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return noted(schema, description)


def _field(field: Field) -> Schema:
    return noted(nullable(_schema(field.kind)), field.description, field.deprecation)


def _schema(kind: kinds.Kind) -> Schema:
    match kind:
        case kinds.Reference():
            return {"type": "string", "format": "uuid"}
        case kinds.References():
            return array_of({"type": "string", "format": "uuid"})
        case kinds.Markdown():
            return {"type": "string"}
        case kinds.Scalars(item=item):
            return array_of(_scalar(item))
        case kinds.Blocks(types=types):
            mapping = {each: ref(input_name(each))["$ref"] for each in types}
            found = {"discriminator": {"propertyName": "type", "mapping": mapping}}
            return array_of({"oneOf": [ref(input_name(each)) for each in types], **found})
        case _:
            return _scalar(kind)


def _scalar(kind: kinds.Scalar | kinds.Slug | kinds.Json) -> Schema:
    """Big numbers may be sent as text, as they are answered, or as numbers."""
    match kind:
        case kinds.Integer() if not is_int32(kind):
            return {"anyOf": [scalar_schema(kind), {"type": "integer", "format": "int64"}]}
        case kinds.Decimal():
            return {"anyOf": [scalar_schema(kind), {"type": "number"}]}
        case kinds.Url():
            return {"type": "string"}
        case _:
            return scalar_schema(kind)
