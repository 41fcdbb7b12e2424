"""What commands take, as schemas: the arguments of actions, and the commands of a bulk."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.openapi.json_schema import Schema
from masthead.rest.writing.arguments import Arguments, Item, Many


def plain_schema(model: type[Arguments]) -> Schema:
    """The object that an action takes."""
    schema = model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    for name in ("$defs", "description", "title"):
        schema.pop(name, None)
    found: Schema = _untitled(_renamed(schema))
    return found


def argument_schemas() -> Iterator[tuple[str, Schema]]:
    """The components of a bulk's commands, and of the items of a release."""
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
    yield "releaseItem", plain_schema(Item)


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
