"""Drafts as schemas: what an entry is, where anything may be missing, with what is registered of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from masthead.rest.openapi.entries import PLATFORM
from masthead.rest.openapi.json_schema import Schema, nullable, ref

STATES = ["draft", "published", "changed", "archived", "deleted"]

_ID: Schema = {"type": "string", "format": "uuid"}

RECORD: Schema = {
    "type": "object",
    "description": "What is registered of an entry.",
    "required": ["state", "revision", "number", "published", "owner"],
    "properties": {
        "state": {"type": "string", "enum": STATES},
        "revision": {**_ID, "description": "The head: the base of the next change."},
        "number": {"type": "integer", "description": "The number of the head."},
        "published": {"type": ["string", "null"], "format": "uuid", "description": "What is public."},
        "owner": {"type": ["string", "null"], "format": "uuid", "description": "The account that made it."},
    },
}


def draft_name(name: str) -> str:
    """What the schema of a draft is called: no content type can have the name."""
    return f"draft{name}"


def draft_schemas(schemas: Mapping[str, Schema], entries: Iterable[str]) -> Iterator[tuple[str, Schema]]:
    """The schemas of `schemas` as drafts have them; `entries` are those of entries."""
    known, own = {*schemas, "Markdown", "Heading"}, {*entries}
    for name, schema in {**schemas, **{each: PLATFORM[each] for each in ("Markdown", "Heading")}}.items():
        found = _drafted(schema, known)
        if name in own:
            found["properties"] = {**found["properties"], "entry": ref("entryRecord")}
        yield draft_name(name), found


def _drafted(schema: Any, known: set[str]) -> Any:
    """With references to drafts, and every property but a block's type nullable."""
    match schema:
        case {"properties": dict(properties), **rest}:
            drafted = {key: _drafted(each, known) for key, each in properties.items()}
            is_page = "page" in drafted
            return {
                **{key: value for key, value in rest.items() if key != "required"},
                "properties": {
                    key: each if is_page or "const" in each else nullable(each)
                    for key, each in drafted.items()
                },
                **({"required": rest["required"]} if is_page else {}),
            }
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2]
            return {**schema, "$ref": reference if name not in known else ref(draft_name(name))["$ref"]}
        case {"mapping": dict(mapping), **rest}:
            mapped = {key: ref(draft_name(key))["$ref"] for key in mapping}
            return {**_each(rest, known), "mapping": mapped}
        case dict():
            return _each(schema, known)
        case list():
            return [_drafted(each, known) for each in schema]
        case _:
            return schema


def _each(schema: Mapping[Any, Any], known: set[str]) -> dict[str, Any]:
    return {key: _drafted(value, known) for key, value in schema.items()}
