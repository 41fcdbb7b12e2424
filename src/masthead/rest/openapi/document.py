"""The whole document: paths, and the components that they are made of."""

from collections.abc import Iterator
from typing import Any

import orjson

from masthead.model import ContentModel
from masthead.rest.address import KEY, ROOT
from masthead.rest.limits import Limits
from masthead.rest.openapi.command_answers import answer_schemas
from masthead.rest.openapi.command_arguments import argument_schemas
from masthead.rest.openapi.commands import TAG as COMMANDS
from masthead.rest.openapi.commands import command_paths, path_parameters
from masthead.rest.openapi.drafts import draft_name, draft_schemas
from masthead.rest.openapi.entries import PLATFORM, block_schemas, entry_schemas, page_name
from masthead.rest.openapi.inputs import input_schemas
from masthead.rest.openapi.json_schema import Schema, ref
from masthead.rest.openapi.parameters import (
    Parameter,
    entry_parameters,
    filter_schemas,
    key_parameter,
    list_parameters,
    shared_parameters,
)
from masthead.rest.openapi.responses import RESPONSES, responses
from masthead.rest.people.openapi import SECURITY, TAG, people_paths, people_schemas
from masthead.rest.previews.openapi import TAG as PREVIEWS
from masthead.rest.previews.openapi import preview_paths, preview_schemas
from masthead.rest.resource import Resource, Resources
from masthead.rest.webhooks.openapi import TAG as WEBHOOKS
from masthead.rest.webhooks.openapi import webhook_paths, webhook_schemas

ABOUT = """What this publication publishes, to read, and for editors to write. Reading is one SQL statement,
a command is one transaction.

`fields[…]` says what is shown, `include` which references are shown as entries, `filter[…]`, `sort`,
`search` and `page[…]` which entries of a list. What is not understood is refused, never ignored."""


def openapi(model: ContentModel, limits: Limits | None = None) -> dict[str, Any]:
    """The document, as JSON values."""
    resources, limits = Resources(model), limits or Limits()
    return {
        "openapi": "3.1.0",
        "info": {"title": "REST API", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": each.type.name, "description": each.type.description} for each in resources]
        + [
            {"name": COMMANDS, "description": "Several entries at once."},
            {"name": PREVIEWS, "description": "Links that show what is not public to whoever has them."},
            {"name": WEBHOOKS, "description": "Who is told of events, what was sent, and sending it again."},
            {"name": TAG, "description": "Signing in, API tokens, accounts, the audit log."},
        ],
        "paths": _with_commands(dict(_paths(resources, limits)), resources)
        | dict(preview_paths())
        | dict(webhook_paths())
        | dict(people_paths()),
        "components": {
            "schemas": dict(sorted(_schemas(resources))),
            "parameters": dict(shared_parameters(resources, limits)),
            "responses": RESPONSES,
            "securitySchemes": SECURITY,
        },
    }


def openapi_json(model: ContentModel, limits: Limits | None = None, *, is_indented: bool = False) -> bytes:
    """The document as it is served; ends with a newline."""
    options = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if is_indented else 0)
    return orjson.dumps(openapi(model, limits), option=options)


def _schemas(resources: Resources) -> Iterator[tuple[str, Schema]]:
    yield from PLATFORM.items()
    yield from people_schemas()
    yield from preview_schemas()
    yield from webhook_schemas()
    shown = {**dict(entry_schemas(resources)), **dict(block_schemas(resources))}
    yield from shown.items()
    yield from draft_schemas(shown, [each.type.name for each in resources])
    yield from input_schemas(resources)
    yield from answer_schemas(resources)
    yield from argument_schemas()
    yield from filter_schemas(resources)


def _with_commands(paths: dict[str, Any], resources: Resources) -> dict[str, Any]:
    """The paths with the operations of commands."""
    for path, method, operation in command_paths(resources):
        item = paths.setdefault(path, {})
        if (shared := path_parameters(path)) and "parameters" not in item:
            item["parameters"] = shared
        item[method] = operation
    return paths


def _paths(resources: Resources, limits: Limits) -> Iterator[tuple[str, Any]]:
    yield ROOT, {"get": _constant("index", "What there is, and where.", ref("index"))}
    yield f"{ROOT}/openapi.json", {"get": _constant("openapi", "This document.", {"type": "object"})}
    for resource in resources:
        if resource.type.is_singleton:
            yield f"{ROOT}/{resource.name}", {"get": _one(resources, resource, limits)}
        else:
            yield f"{ROOT}/{resource.name}", {"get": _list(resources, resource, limits)}
            yield (
                f"{ROOT}/{resource.name}/{{{KEY}}}",
                {"parameters": [key_parameter(resource)], "get": _one(resources, resource, limits)},
            )


def _list(resources: Resources, resource: Resource, limits: Limits) -> dict[str, Any]:
    plural = resource.type.plural
    operation = _operation(
        resource, f"list{plural}", f"{plural}, in pages.", list_parameters(resources, resource, limits)
    )
    return operation | {"responses": responses(_either(page_name(resource)), is_list=True)}


def _one(resources: Resources, resource: Resource, limits: Limits) -> dict[str, Any]:
    name = resource.type.name
    which = f"The {name}." if resource.type.is_singleton else f"One {name}."
    operation = _operation(resource, f"get{name}", which, entry_parameters(resources, resource, limits))
    return operation | {"responses": responses(_either(name), may_be_missing=True)}


def _either(name: str) -> Schema:
    """What is public, or with stage=draft a draft."""
    return {"anyOf": [ref(name), ref(draft_name(name))]}


def _operation(resource: Resource, name: str, summary: str, parameters: list[Parameter]) -> dict[str, Any]:
    deprecated = {"deprecated": True} if resource.type.deprecation is not None else {}
    return {
        "operationId": name,
        "summary": summary,
        "tags": [resource.type.name],
        **deprecated,
        "parameters": parameters,
    }


def _constant(name: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "responses": responses(schema)}
