"""The values that a predicate compares with: checked against a field's kind, and spelled as JSON."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any
from uuid import UUID

from masthead.access.predicate import Operator, Scalar
from masthead.model import kinds

ORDERED = kinds.Integer | kinds.Float | kinds.Decimal | kinds.Date | kinds.DateTime
_TEXTS = kinds.Text | kinds.Slug | kinds.Url
_VALUES = ORDERED | _TEXTS | kinds.Boolean | kinds.Enumeration


class UnfitError(Exception):
    """A value is not of the field's kind; what it should be."""


def operators_of(kind: kinds.Kind | None) -> tuple[Operator, ...]:
    """What a field of this kind can be compared by; None is the kind of an id."""
    if kind is None:
        return ("eq", "in")
    if isinstance(kind, kinds.References | kinds.Blocks):
        return ()
    found: list[Operator] = ["is_null"]
    if isinstance(kind, _VALUES):
        found += ["eq", "in"]
    if isinstance(kind, ORDERED):
        found += ["lt", "lte", "gt", "gte"]
    if isinstance(kind, _TEXTS):
        found.append("starts_with")
    if isinstance(kind, kinds.Scalars) and isinstance(kind.item, _VALUES):
        found += ["has", "has_any"]
    return tuple(found)


def constant(kind: kinds.Kind | None, value: Any) -> Scalar:
    """The value as JSON. Raises UnfitError."""
    value = value.value if isinstance(value, Enum) else value
    if kind is None:
        return _made(lambda: str(UUID(str(value))), "the id of an entry")
    match kind:
        case kinds.Boolean() if isinstance(value, bool):
            return value
        case kinds.Integer() if isinstance(value, int) and not isinstance(value, bool):
            if -(2**63) <= value < 2**63:
                return value
        case kinds.Float() if isinstance(value, int | float) and not isinstance(value, bool):
            if math.isfinite(value):
                return float(value)
        case kinds.Decimal() if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return _made(lambda: _decimal(value), "a decimal number")
        case kinds.Date() if isinstance(value, str | date) and not isinstance(value, datetime):
            return _made(lambda: date.fromisoformat(str(value)).isoformat(), "a date")
        case kinds.DateTime() if isinstance(value, str | datetime):
            return _made(lambda: _moment(value), "a moment with its offset")
        case kinds.Text() | kinds.Slug() | kinds.Url() if isinstance(value, str) and "\0" not in value:
            return value
        case kinds.Enumeration() if value in kind.values:
            return str(value)
        case _:
            pass
    raise UnfitError(_wanted(kind))


def _made(make: Callable[[], str], wanted: str) -> str:
    try:
        return make()
    except (ValueError, InvalidOperation) as error:
        raise UnfitError(wanted) from error


def _decimal(value: str | int | Decimal) -> str:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not finite")
    return str(number)


def _moment(value: str | datetime) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(UTC).isoformat()


def _wanted(kind: kinds.Kind) -> str:
    if isinstance(kind, kinds.Enumeration):
        return f"one of {', '.join(kind.values)}"
    return {
        "boolean": "true or false",
        "integer": "a whole number of 64 bits",
        "float": "a finite number",
        "decimal": "a decimal number",
        "date": "a date",
        "datetime": "a moment with its offset",
    }.get(kind.kind, "text")
