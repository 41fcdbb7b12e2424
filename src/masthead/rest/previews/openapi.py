"""Previews in the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from masthead.rest.address import ROOT
from masthead.rest.problem import MEDIA_TYPE
from masthead.rest.reply import JSON

Schema = dict[str, Any]

TAG = "Previews"

_ID: Schema = {"type": "string", "format": "uuid"}
_ID_OR_NULL: Schema = {"type": ["string", "null"], "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}


def preview_paths() -> Iterator[tuple[str, Any]]:
    """Each path with its operations."""
    lists = "The links that work, the newest first: one's own, or all for those who publish."
    creates = (
        "A link that shows a draft or a release to whoever has it. It needs the right to read the draft."
    )
    yield (
        f"{ROOT}/previews",
        {
            "get": _operation("listPreviews", lists, 200, "previews"),
            "post": _operation("createPreview", creates, 201, "preview")
            | {"requestBody": {"required": True, "content": {JSON: {"schema": _NEW}}}},
        },
    )
    yield (
        f"{ROOT}/previews/{{preview}}",
        {
            "parameters": [{"name": "preview", "in": "path", "required": True, "schema": _ID}],
            "delete": _operation("revokePreview", "Turn a link off, at once.", 204, None),
        },
    )


def preview_schemas() -> Iterator[tuple[str, Schema]]:
    """The components that the paths refer to."""
    known = {
        "id": _ID,
        "kind": {"enum": ["revision", "latest", "release"]},
        "entry": _ID_OR_NULL,
        "revision": _ID_OR_NULL,
        "release": _ID_OR_NULL,
        "expiresAt": _MOMENT,
        "createdAt": _MOMENT,
        "createdBy": _ID_OR_NULL,
        "url": {"type": "string", "format": "uri"},
    }
    yield "preview", {"type": "object", "properties": known, "required": [*known]}
    yield (
        "previews",
        {
            "type": "object",
            "properties": {"previews": {"type": "array", "items": _ref("preview")}},
            "required": ["previews"],
        },
    )


_NEW: Schema = {
    "type": "object",
    "properties": {
        "entry": {**_ID, "description": "Whatever is the head of this entry when somebody looks."},
        "revision": {**_ID, "description": "This revision, whatever comes after it."},
        "release": {**_ID, "description": "This release as a whole."},
        "expires": {**_MOMENT, "description": "When the link ends; left out: as the settings say."},
    },
    "additionalProperties": False,
    "oneOf": [{"required": [name]} for name in ("entry", "revision", "release")],
}


def _operation(name: str, summary: str, status: int, gives: str | None) -> Schema:
    done: Schema = {"description": "It is done."}
    if gives is not None:
        done["content"] = {JSON: {"schema": _ref(gives)}}
    problem = {"description": "What is wrong.", "content": {MEDIA_TYPE: {"schema": _ref("problem")}}}
    return {
        "operationId": name,
        "summary": summary,
        "tags": [TAG],
        "security": [{"session": []}, {"token": []}],
        "responses": {str(status): done, "default": problem},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
