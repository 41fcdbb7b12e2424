"""JSON as PostgreSQL's to_json and json_agg spell it, from Python values: the fixed spelling of answers."""

import json
from decimal import Decimal
from typing import Any

LONGEST_NAME = 63


class Raw(str):
    """JSON that is spelled already."""

    __slots__ = ()


class Union(list[Any]):
    """A list of objects of several types, whose JSON PostgreSQL makes one by one."""


def mark_union(data: Any, path: list[str | int]) -> None:
    """Make the list at `path` a Union."""
    *above, last = path
    for step in above:
        data = data[step]
    data[last] = Union(data[last])


def spell(value: Any) -> str:
    """The value as the planner's statement spells it."""
    match value:
        case Raw():
            return str(value)
        case dict():
            return "{" + ",".join(f"{json.dumps(key)}:{spell(each)}" for key, each in value.items()) + "}"
        case Union():
            return "[" + ", ".join(spell(each) for each in value) + "]"
        case list():
            separator = (
                ", \n " if value and _is_row(value[0]) else ", " if value and _is_object(value[0]) else ","
            )
            return "[" + separator.join(spell(each) for each in value) + "]"
        case float():
            return spell_float(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def spell_float(value: float) -> str:
    """PostgreSQL's shortest spelling: a power of ten below 10^-4 and from 10^15 (float8out)."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    power = len(digits) - 1 + int(exponent)
    text = "".join(map(str, digits))
    if value == 0:
        spelled = "0"
    elif -4 <= power < 15:
        spelled = format(Decimal((0, digits, exponent)), "f")
    else:
        spelled = text[0] + (f".{text[1:]}" if len(text) > 1 else "") + f"e{power:+03d}"
    return ("-" if sign else "") + spelled


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_row(value: Any) -> bool:
    """Whether it is a row of named columns, between which json_agg breaks the line."""
    return isinstance(value, dict) and len(value) > 0 and all(len(key) <= LONGEST_NAME for key in value)


def difference(one: Any, other: Any, path: str = "") -> str:
    """Where two JSON values first differ, and how; empty when they are equal."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        pairs = [(f"{path}.{key}", one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{index}]", *pair) for index, pair in enumerate(zip(one, other, strict=True))]
    else:
        return "" if one == other and type(one) is type(other) else f"{path}: {one!r} is not {other!r}"
    return next(filter(None, (difference(left, right, inner) for inner, left, right in pairs)), "")
