"""The answers that a request may get."""

from typing import Any

from masthead.rest.openapi.json_schema import Schema, ref
from masthead.rest.problem import MEDIA_TYPE, TITLES, TYPE
from masthead.rest.reply import JSON

Response = dict[str, Any]

_ETAG = {
    "description": "A digest of the answer's bytes, of one draft behind its revision; for If-None-Match.",
    "schema": {"type": "string", "pattern": '^"[0-9a-z.-]+"$'},
}
_CACHE_CONTROL = {"description": "How long the answer may be kept.", "schema": {"type": "string"}}
_LINK = {
    "description": 'The addresses of the next page and the previous one, as rel="next" and rel="prev".',
    "schema": {"type": "string"},
}


def _problem(description: str, status: int, code: str, detail: str, remedy: str) -> Response:
    example = {
        "type": TYPE + code,
        "title": TITLES[code],
        "status": status,
        "detail": detail,
        "code": code,
        "remedy": remedy,
    }
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": ref("problem"), "example": example}},
    }


RESPONSES: dict[str, Response] = {
    "NotModified": {"description": "The client has it already.", "headers": {"ETag": _ETAG}},
    "BadRequest": _problem(
        "The request is at fault.",
        400,
        "limit-exceeded",
        "`page[size]` is 5,000; the limit `page_size` is 500.",
        "Ask for fewer and turn the page with `page[after]`.",
    ),
    "NotFound": _problem(
        "There is no such entry.",
        404,
        "entry-missing",
        "There is no Post with the id or slug 'no-such'.",
        "Look for it in its list.",
    ),
    "Problem": _problem(
        "Anything else that is wrong.",
        503,
        "database-unavailable",
        "The database does not answer.",
        "Try again in a moment.",
    ),
}
"""The answers that all requests share, by their names among the components."""


def responses(schema: Schema, *, is_list: bool = False, may_be_missing: bool = False) -> dict[str, Response]:
    """The answers of a request whose success has this schema."""
    headers = {"ETag": _ETAG, "Cache-Control": _CACHE_CONTROL, **({"Link": _LINK} if is_list else {})}
    found: dict[str, Response] = {
        "200": {"description": "It is there.", "headers": headers, "content": {JSON: {"schema": schema}}},
        "304": _shared("NotModified"),
        "400": _shared("BadRequest"),
    }
    if may_be_missing:
        found["404"] = _shared("NotFound")
    return {**found, "default": _shared("Problem")}


def _shared(name: str) -> Response:
    return {"$ref": f"#/components/responses/{name}"}
