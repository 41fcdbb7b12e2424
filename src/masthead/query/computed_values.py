"""The values that a function computed become JSON, spelled as stored fields of the same kind are."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from masthead.model import ComputedField, kinds, value_check
from masthead.query.columns import is_int32

Encode = Callable[[Any], bytes]
"""The JSON of one value; raises ValueError or TypeError for one that is not of the field's kind."""


def encoder(field: ComputedField, names: tuple[tuple[str, str], ...]) -> Encode:
    """How the values of the field are checked and spelled; `names` as in a Slot."""
    check = value_check(field.kind, is_nullable=field.is_nullable)
    spell = _spelling(field.kind, dict(names))

    def encode(value: Any) -> bytes:
        found = check(value)
        return b"null" if found is None else orjson.dumps(spell(found))

    return encode


def _spelling(kind: kinds.Computed, names: dict[str, str]) -> Callable[[Any], Any]:
    match kind:
        case kinds.Integer() if not is_int32(kind):
            return str
        case kinds.Decimal():
            return _decimal
        case kinds.DateTime():
            return _moment
        case kinds.Enumeration():
            return lambda value: names.get(value, value)
        case kinds.Scalars(item=item):
            spell = _spelling(item, names)
            return lambda values: [spell(value) for value in values]
        case _:
            return _same


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    return format(value, "f")


def _moment(value: datetime) -> str:
    """RFC 3339 in UTC, without the zeros at the end of a fraction, as PostgreSQL's to_json has it."""
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "+00:00"


def _same(value: Any) -> Any:
    return value
