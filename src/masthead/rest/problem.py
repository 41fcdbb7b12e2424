"""Problem details (RFC 9457): what a refused request is answered, always in the same shape, no internals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson

from masthead.kernel import AccessError, ConflictError, InputError, MastheadError, NotFoundError, Place
from masthead.rest import people_codes, preview_codes, webhook_codes, writing_codes

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:problem-type:masthead:"
"""What comes before the code in `type`. It is a name, not an address: the reference page has them all."""

INTERNAL = "internal"

TITLES = {
    "address-unknown": "Nothing has this address",
    "entry-missing": "There is no such entry",
    "method-not-allowed": "The address does not take this method",
    "not-acceptable": "The client takes no media type of the API",
    "query-invalid": "The query string cannot be read",
    "query-too-long": "The query string is too long",
    "parameter-unknown": "There is no such parameter",
    "parameter-repeated": "A parameter is given twice",
    "parameter-without-effect": "A parameter changes nothing here",
    "field-unknown": "There is no such field",
    "include-unknown": "There is no such reference",
    "operator-unknown": "The field does not take this operator",
    "sort-unknown": "Entries cannot be sorted by this",
    "value-invalid": "A value is not of its kind",
    "id-invalid": "A value is not an id",
    "text-invalid": "A text cannot be stored",
    "cursor-invalid": "A cursor is not one that this API gave",
    "cursor-order": "A cursor belongs to another order",
    "limit-exceeded": "The request asks for too much",
    "search-unknown": "Full-text search does not cover these entries",
    "search-too-long": "A search has too many words",
    "statement-timeout": "The database took too long",
    "database-unavailable": "The database does not answer",
    "database-error": "The database refused",
    INTERNAL: "The server failed",
}
"""What each code means, in words that do not change from one occurrence to the next."""

STATUSES = {
    "address-unknown": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "query-too-long": 414,
    "database-unavailable": 503,
    "statement-timeout": 504,
    **people_codes.STATUSES,
    **preview_codes.STATUSES,
    **webhook_codes.STATUSES,
    **writing_codes.STATUSES,
}
"""The codes whose status their class does not tell."""


_TITLES = {**TITLES, **writing_codes.TITLES, **people_codes.TITLES, **webhook_codes.TITLES}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal as it is sent. `parameter` is the one of the query string that is at fault;
    `more` says what else there is to know; `allow` are the methods that are possible."""

    status: int
    code: str
    detail: str
    remedy: str
    parameter: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    allow: str | None = None

    def body(self) -> bytes:
        """The JSON."""
        found: dict[str, Any] = {
            "type": TYPE + self.code,
            "title": _TITLES.get(self.code) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "remedy": self.remedy,
        }
        if self.parameter is not None:
            found["parameter"] = self.parameter
        found |= self.more
        return orjson.dumps(found)


def refuse(code: str, message: str, remedy: str, parameter: str | None = None) -> InputError:
    """The error of a request at fault, to be raised. `parameter` as its name was sent, decoded."""
    return InputError(code, message, remedy, Place(path=parameter) if parameter else None)


def exceed(name: str, allowed: int, sent: str, remedy: str, parameter: str | None = None) -> InputError:
    """The error of what goes beyond the limit `name`. `sent` says how far, as a clause."""
    return refuse("limit-exceeded", f"{sent}; the limit `{name}` is {allowed:,}.", remedy, parameter)


def not_found(type_name: str, key: str) -> NotFoundError:
    """The error of an entry that is not there, or not public."""
    which = f" with the id or slug {key[:200]!r}" if key else ""
    return NotFoundError("entry-missing", f"There is no {type_name}{which}.", "Look for it in its list.")


def problem_of(error: MastheadError) -> Problem:
    """What a client may know of an error of the house."""
    parameter = error.context.get("variable") or (error.place.path if error.place else None)
    named = str(parameter) if isinstance(error, InputError) and parameter else None
    allow = error.context.get("allow")
    return Problem(
        _status(error),
        error.code,
        error.message,
        error.remedy,
        named,
        allow=None if allow is None else str(allow),
    )


def _status(error: MastheadError) -> int:
    if error.code in STATUSES:
        return STATUSES[error.code]
    match error:
        case NotFoundError():
            return 404
        case InputError():
            return 400
        case AccessError():
            return 403
        case ConflictError():
            return 409
        case _:
            return 503 if error.is_retryable else 500
