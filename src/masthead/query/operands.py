"""The value of a filter, read for the driver: as JSON has it, or as text spells it in a query string.

Everything that PostgreSQL would refuse is refused here, with what is wrong and what would be right.
"""

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, assert_never

from masthead.kernel import InputError
from masthead.model import kinds
from masthead.query.operators import FLAGS, LISTED
from masthead.query.plan import read_id, read_text
from masthead.query.selection import Operator

DEEPEST_JSON = 100
"""Arrays and objects inside each other; PostgreSQL's own bound is its stack."""

LONGEST_NUMBER = 1000
"""Characters of a decimal; PostgreSQL's numeric holds 131,072 digits before the point."""


@dataclass(frozen=True, slots=True)
class Operand:
    """How a value becomes one parameter: `cast` is its PostgreSQL type, `read` makes the driver's value of
    it and raises InputError."""

    cast: str
    read: Callable[[Any], Any]


def operand_of(kind: kinds.Kind | None, operator: Operator) -> Operand:
    """The operand of an operator on a field of this kind, None for `id`. A list is one array parameter."""
    if operator in FLAGS:
        raise AssertionError(f"the value of {operator} is part of the plan")
    item = _item(kind.item if isinstance(kind, kinds.Scalars) else kind)
    if operator not in LISTED:
        return item
    head, *casts = item.cast.split("::")
    return Operand("::".join(f"{cast}[]" for cast in (head, *casts)), _list_of(item.read))


def read_operand(kind: kinds.Kind | None, operator: Operator, value: Any) -> Any:
    """Check a value without a plan. Raises InputError."""
    return operand_of(kind, operator).read(value)


def _item(kind: kinds.Kind | None) -> Operand:
    match kind:
        case None:
            return Operand("uuid", _identifier)
        case kinds.Text() | kinds.Url() | kinds.Slug() | kinds.Markdown():
            return Operand("text", _text)
        case kinds.Integer():
            return Operand("bigint", _integer)
        case kinds.Float():
            return Operand("float8", _float)
        case kinds.Decimal():
            return Operand("numeric", _decimal)
        case kinds.Boolean():
            return Operand("boolean", _boolean)
        # As text: the driver would send the first and the last date as infinity.
        case kinds.Date():
            return Operand("text::date", _date)
        case kinds.DateTime():
            return Operand("text::timestamptz", _moment)
        case kinds.Enumeration():
            return Operand("text", _one_of(kind))
        case kinds.Json():
            return Operand("text::jsonb", _json)
        case kinds.Scalars() | kinds.Reference() | kinds.References() | kinds.Blocks():
            raise AssertionError(f"{kind} is not one value")
        case _:
            assert_never(kind)


def _list_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_list(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise _wrong(value, "a list", "Pass a list of values.")
        return [read(each) for each in value]

    return read_list


def _one(read: Iterable[Any]) -> Any:
    (value,) = read
    return value


def _identifier(value: Any) -> Any:
    return _one(read_id(value)) if isinstance(value, str) else _one(read_id(repr(value)))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "text", "Pass a string.")
    return str(_one(read_text(value)))


def _integer(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise _wrong(value, "an integer of 64 bits", "Pass a whole number, or a string of its digits.")
    return value


def _float(value: Any) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise _wrong(value, "a finite number", "Pass a number that a double can hold.")
    return number


def _decimal(value: Any) -> Decimal:
    remedy = 'Pass a string such as "12.50".'
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _wrong(value, "a decimal number", remedy)
    text = value if isinstance(value, str) else _shown(value)
    number = Decimal(text) if len(text) <= LONGEST_NUMBER and _DECIMAL.fullmatch(text) else None
    if number is None or abs(number.adjusted()) > LONGEST_NUMBER:
        raise _wrong(value, f"a decimal number of at most {LONGEST_NUMBER} digits", remedy)
    return number


def _boolean(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise _wrong(value, "a boolean", "Pass true or false.")
    return value


_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _date(value: Any) -> str:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise _wrong(value, "a date", "Pass one such as 2025-03-19.")


def _moment(value: Any) -> str:
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value.upper()).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    raise _wrong(
        value,
        "a moment of RFC 3339",
        "Pass one such as 2025-03-19T08:30:00Z, with its offset and at most six digits of a fraction.",
    )


def _one_of(kind: kinds.Enumeration) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in kind.values:
            raise _wrong(value, f"a value of {kind.name}", f"Pass one of {', '.join(kind.values)}.")
        return value

    return read


def _json(value: Any) -> str:
    _check_depth(value)
    try:
        spelled = json.dumps(value, ensure_ascii=False, allow_nan=False)
        spelled.encode()
    except (TypeError, ValueError) as error:
        raise _wrong(value, "JSON", "Pass text that can be stored, and finite numbers.") from error
    if "\\u0000" in spelled and "\0" in "".join(_strings(value)):
        raise _wrong(value, "JSON without null characters", "Remove them.")
    return spelled


def _check_depth(value: Any) -> None:
    """Level by level: recursion would meet the depth it looks for."""
    level = [value]
    for _ in range(DEEPEST_JSON + 1):
        level = [each for outer in level for each in _inner(outer)]
        if not level:
            return
    raise InputError(
        "value-invalid", f"The JSON nests deeper than {DEEPEST_JSON}.", "Compare with a part of it."
    )


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        yield from value
    for each in _inner(value):
        yield from _strings(each)


def _wrong(value: Any, wanted: str, remedy: str) -> InputError:
    shown = repr(value)[:80] if isinstance(value, str) else _shown(value)
    return InputError("value-invalid", f"{shown} is not {wanted}.", remedy)


def _shown(value: Any) -> str:
    """What was sent, without making text of a number of a million digits."""
    if isinstance(value, int) and abs(value) >= 10**100:
        return "The number"
    return str(value) if isinstance(value, int | float | None) else f"A {type(value).__name__}"
