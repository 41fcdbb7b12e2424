"""Content types as schemas: an entry with every attribute that can be asked for, and a page of entries."""

from collections.abc import Iterator

from masthead.model import kinds
from masthead.rest.openapi.json_schema import Schema, array_of, noted, nullable, ref, scalar_schema
from masthead.rest.problem import TITLES
from masthead.rest.resource import Attribute, Resource, Resources, attribute_of

PLATFORM: dict[str, Schema] = {
    "Markdown": {
        "type": "object",
        "description": "A Markdown text and what was rendered from it when it was saved. In a list, the "
        "whole texts are there only where `fields` asks for them.",
        "properties": {
            "source": {"type": "string", "description": "CommonMark with GitHub's extensions."},
            "html": {"type": "string", "description": "Rendered and free of scripts."},
            "text": {"type": "string", "description": "Plain text."},
            "excerpt": {"type": "string", "description": "Its beginning, as plain text."},
            "toc": {**array_of(ref("Heading")), "description": "Its headings."},
            "readingTime": {"type": "integer", "description": "Minutes."},
        },
    },
    "Heading": {
        "type": "object",
        "description": "A heading of a Markdown text.",
        "required": ["level", "id", "text"],
        "properties": {
            "level": {"type": "integer", "minimum": 1, "maximum": 6},
            "id": {"type": "string", "description": "The fragment of its address."},
            "text": {"type": "string", "description": "Its plain text."},
        },
    },
    "index": {
        "type": "object",
        "description": "What there is, and where.",
        "required": ["collections", "singletons", "openapi", "docs"],
        "properties": {
            "collections": array_of(ref("indexItem")),
            "singletons": array_of(ref("indexItem")),
            "openapi": {"type": "string", "description": "The address of the OpenAPI document."},
            "docs": {"type": "string", "description": "The address of a page to try it on."},
        },
    },
    "indexItem": {
        "type": "object",
        "description": "One address.",
        "required": ["name", "href", "description"],
        "properties": {each: {"type": "string"} for each in ("name", "href", "description")},
    },
    "PageInfo": {
        "type": "object",
        "description": "Where a page stands in its list.",
        "required": ["next", "previous"],
        "properties": {
            "next": {
                "type": ["string", "null"],
                "description": "Pass it as `page[after]` for the next page; null on the last.",
            },
            "previous": {
                "type": ["string", "null"],
                "description": "Pass it as `page[before]` for the previous page; null on the first.",
            },
        },
    },
    "problem": {
        "type": "object",
        "description": "What is wrong, as RFC 9457 has it.",
        "required": ["type", "title", "status", "detail", "code", "remedy"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string", "description": "What the code means."},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong here."},
            "code": {"type": "string", "examples": sorted(TITLES)},
            "remedy": {"type": "string", "description": "What to do instead."},
            "parameter": {"type": "string", "description": "The query parameter that is at fault."},
            "faults": {
                **array_of(ref("fault")),
                "description": "Everything that is wrong with a command, at once.",
            },
            "missing": {
                **array_of({"type": "string", "format": "uuid"}),
                "description": "Entries that must be published first, or along.",
            },
            "conflict": ref("conflict"),
        },
    },
    "fault": {
        "type": "object",
        "description": "One thing that is wrong with a command.",
        "required": ["entry", "path", "code", "message", "command"],
        "properties": {
            "entry": {"type": ["string", "null"], "format": "uuid"},
            "path": {"type": "string", "description": "The field: `sections.0.text`; empty for the entry."},
            "code": {"type": "string"},
            "message": {"type": "string"},
            "command": {"type": "integer", "description": "In a bulk the number of the command, from 0."},
        },
    },
    "conflict": {
        "type": "object",
        "description": "What others have done to the entry meanwhile.",
        "required": ["entry", "head"],
        "properties": {
            "entry": {"type": "string", "format": "uuid"},
            "head": {"type": "string", "format": "uuid", "description": "The revision to go on from."},
            "clashes": {
                **array_of({"type": "object"}),
                "description": "Each place that both changed: path, base, theirs, yours, lines.",
            },
            "merged": {"type": "object", "description": "The fields with every change that does not clash."},
        },
    },
}
"""The schemas that every publication has: no content type can be called so."""


def entry_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """A schema for each content type, and one for a page of each that is listed."""
    for resource in resources:
        yield resource.type.name, _entry(resources, resource)
        if not resource.type.is_singleton:
            yield page_name(resource), _page(resource)


def block_schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    """A schema for each block type."""
    for block in resources.model.blocks:
        shown = {each.name: _attribute(resources, each) for each in map(attribute_of, block.fields_as_read)}
        schema = {
            "type": "object",
            "required": ["type", *shown],
            "properties": {"type": {"type": "string", "const": block.name}, **shown},
        }
        yield block.name, noted(schema, block.description)


def page_name(resource: Resource) -> str:
    """What the schema of a page of these entries is called: no content type can have the name."""
    return f"{resource.type.name}Connection"


def _entry(resources: Resources, resource: Resource) -> Schema:
    """No attribute is required: `fields` may leave out any of them, and where an entry is referred to and
    not included, `id` and `path` are all that is shown of it."""
    shown = [*resource.showable.values(), *resource.reverse.values()]
    schema = {
        "type": "object",
        "properties": {each.name: _attribute(resources, each) for each in shown},
    }
    return noted(schema, resource.type.description, resource.type.deprecation)


def _page(resource: Resource) -> Schema:
    return {
        "type": "object",
        "description": f"A page of {resource.type.plural}.",
        "required": ["data", "page"],
        "properties": {
            "data": array_of(ref(resource.type.name)),
            "total": {"type": "integer", "description": "How many there are on all pages, if asked for."},
            "page": ref("PageInfo"),
        },
    }


def _attribute(resources: Resources, attribute: Attribute) -> Schema:
    schema = _schema(resources, attribute)
    schema = nullable(schema) if attribute.is_nullable else schema
    return noted(schema, attribute.description, attribute.deprecation)


def _schema(resources: Resources, attribute: Attribute) -> Schema:
    if attribute.referrers is not None:
        return ref(page_name(resources.of_type(attribute.referrers.type)))
    match attribute.kind:
        case kinds.Reference(target=target):
            return ref(target)
        case kinds.References(target=target):
            return array_of(ref(target))
        case kinds.Markdown():
            return ref("Markdown")
        case kinds.Scalars(item=item):
            return array_of(scalar_schema(item))
        case kinds.Blocks(types=types):
            mapping = {each: ref(each)["$ref"] for each in types}
            found = {"discriminator": {"propertyName": "type", "mapping": mapping}}
            return array_of({"oneOf": [ref(each) for each in types], **found})
        case kind:
            return scalar_schema(kind)
