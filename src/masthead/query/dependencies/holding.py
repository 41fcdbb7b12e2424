"""Whether a condition may hold for a row of which a touch tells: true also where that cannot be known."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from masthead.query.selection import AllOf, AnyOf, Compare, Condition, Given, Not

Row = Mapping[str, Any]

OF_LISTS = frozenset({"has", "has_some"})
"""What lists of references are asked."""


def may_hold(condition: Condition, row: Row, *, is_whole: bool = False) -> bool:
    """Whether it holds, or may. Of a row that is new or gone, and so told whole, a list that is left out is
    empty."""
    match condition:
        case AllOf(parts=parts):
            return all(may_hold(part, row, is_whole=is_whole) for part in parts)
        case AnyOf(parts=parts):
            return any(may_hold(part, row, is_whole=is_whole) for part in parts)
        case Compare():
            return _holds(condition, row, is_whole=is_whole) is not False
        case Not(part=Compare() as compare):
            return _holds(compare, row, is_whole=is_whole) is not True
        case _:
            return True


def _holds(compare: Compare, row: Row, *, is_whole: bool) -> bool | None:
    """None where it is not known. A comparison with null is false."""
    if is_whole and compare.field not in row and compare.operator in OF_LISTS:
        return False
    if compare.field not in row or not isinstance(compare.value, Given):
        return None
    stored, wanted = row[compare.field], compare.value.value
    if compare.operator == "is_null":
        return (stored is None) is wanted
    if stored is None:
        return False
    holds = _OPERATORS.get(compare.operator)
    try:
        return None if holds is None else holds(stored, wanted)
    except (ValueError, TypeError, AttributeError, OverflowError, InvalidOperation):
        return None


def as_value(stored: Any, wanted: Any) -> Any:
    """What JSON has, as a value of the kind that it is compared with. Raises ValueError or TypeError."""
    match wanted:
        case bool():
            return _exactly(stored, bool)
        case str():
            return _exactly(stored, str)
        case UUID():
            return UUID(stored)
        case int():
            return _exactly(stored, int)
        case float():
            return float(stored)
        case Decimal():
            return Decimal(_exactly(stored, str | int | Decimal))
        case datetime():
            return datetime.fromisoformat(stored)
        case date():
            return date.fromisoformat(stored)
        case _:
            raise TypeError(f"nothing is compared with {type(wanted).__name__}")


def _exactly(stored: Any, kind: Any) -> Any:
    if isinstance(stored, kind) and isinstance(stored, bool) is (kind is bool):
        return stored
    raise TypeError(f"{type(stored).__name__} where another kind is compared")


def _eq(stored: Any, wanted: Any) -> bool:
    return bool(as_value(stored, wanted) == wanted)


def _in(stored: Any, wanted: Any) -> bool:
    return any(_eq(stored, each) for each in wanted)


def _has(stored: Any, wanted: Any) -> bool:
    return any(_eq(each, wanted) for each in stored if each is not None)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": _eq,
    "in": _in,
    "lt": lambda stored, wanted: as_value(stored, wanted) < wanted,
    "lte": lambda stored, wanted: as_value(stored, wanted) <= wanted,
    "gt": lambda stored, wanted: as_value(stored, wanted) > wanted,
    "gte": lambda stored, wanted: as_value(stored, wanted) >= wanted,
    "contains": lambda stored, wanted: wanted in as_value(stored, wanted),
    "starts_with": lambda stored, wanted: as_value(stored, wanted).startswith(wanted),
    "ends_with": lambda stored, wanted: as_value(stored, wanted).endswith(wanted),
    "has": _has,
    "has_some": lambda stored, wanted: any(_has(stored, each) for each in wanted),
    "has_every": lambda stored, wanted: all(_has(stored, each) for each in wanted),
    "is_empty": lambda stored, wanted: (len(stored) == 0) is wanted,
}
"""Those that Python decides as PostgreSQL does; `comparable.py` lets no other one come here."""
