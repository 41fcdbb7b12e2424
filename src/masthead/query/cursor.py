"""Cursors: the digest of an order and a row's values of its keys, base64url of a JSON array.

They hold values, not a position or an id, so a page goes on where it was although rows came and went,
also when the row of the cursor itself is gone.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from masthead.kernel import InputError
from masthead.model import kinds
from masthead.query.columns import OneColumn, is_int32
from masthead.query.order import Key, Order


def cursor_sql(order: Order, expressions: Sequence[str]) -> str:
    """The cursor of a row; `expressions` are its keys' values, in the order's order."""
    values = ", ".join(
        f"{expression}::text" if _is_text(key) else expression
        for key, expression in zip(order.keys, expressions, strict=True)
    )
    array = f"json_build_array('{order.digest}', {values})::text"
    return f"translate(encode(convert_to({array}, 'UTF8'), 'base64'), E'+/=\\n', '-_')"


def cursor_nulls(cursor: str) -> tuple[bool, ...]:
    """Which values of the cursor are null: the part of it that decides the SQL. Raises InputError."""
    return tuple(value is None for value in _open(cursor)[1:])


def cursor_values(cursor: str, order: Order) -> list[Any]:
    """The values that are not null, for the driver. Raises InputError."""
    digest, *values = _open(cursor)
    nullable = [key.column.is_nullable for key in order.keys]
    if digest != order.digest or len(values) != len(order.keys):
        raise InputError(
            "cursor-order",
            "The cursor belongs to a connection with another order.",
            "Use a cursor with the orderBy that it was given for, or begin without one.",
        )
    if any(value is None and not may_be for value, may_be in zip(values, nullable, strict=True)):
        raise _broken()
    try:
        return [
            _READERS[type(key.column.kind)](value)
            for key, value in zip(order.keys, values, strict=True)
            if value is not None
        ]
    except (TypeError, ValueError, ArithmeticError) as error:
        raise _broken() from error


def _open(cursor: str) -> list[Any]:
    if not cursor:
        raise _broken()
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _broken() from error
    if not isinstance(values, list) or len(values) < 2 or not isinstance(values[0], str):
        raise _broken()
    return values


def _broken() -> InputError:
    return InputError(
        "cursor-invalid",
        "The cursor is not one that this API gave.",
        "Pass an endCursor or an edge's cursor unchanged, or begin without one.",
    )


def _is_text(key: Key) -> bool:
    kind: OneColumn | None = key.column.kind
    return isinstance(kind, kinds.Decimal) or (isinstance(kind, kinds.Integer) and not is_int32(kind))


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("not text")
    value.encode()
    return value


def _integer(value: Any) -> int:
    number = int(value)
    if isinstance(value, bool | float) or not -(2**63) <= number < 2**63:
        raise ValueError("not an integer of 64 bits")
    return number


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    return float(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not a boolean")
    return value


def _identifier(value: Any) -> UUID:
    return UUID(_text(value))


def _decimal(value: Any) -> Decimal:
    return Decimal(_text(value))


def _day(value: Any) -> str:
    return value if value in _INFINITIES else date.fromisoformat(value).isoformat()


def _moment(value: Any) -> str:
    if value in _INFINITIES:
        return str(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.isoformat()


_INFINITIES = ("infinity", "-infinity")

_READERS: dict[type, Callable[[Any], Any]] = {
    type(None): _identifier,
    kinds.Text: _text,
    kinds.Slug: _text,
    kinds.Integer: _integer,
    kinds.Float: _float,
    kinds.Decimal: _decimal,
    kinds.Boolean: _boolean,
    kinds.Date: _day,
    kinds.DateTime: _moment,
}
