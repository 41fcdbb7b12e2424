"""The value of a filter as a query string spells it, brought to what `query.operands` reads."""

import re
from collections.abc import Callable
from typing import Any

import orjson

from masthead.model import camel_case, kinds
from masthead.query import LISTED
from masthead.query.selection import Operator
from masthead.rest.limits import Limits
from masthead.rest.problem import exceed, refuse
from masthead.rest.resource import Kind

Read = Callable[[str], Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEPARATED = re.compile(r"(?:[^,\\]|\\.)*", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def reader_of(kind: Kind, operator: Operator, parameter: str, limits: Limits) -> Read | None:
    """How the text becomes a value; None where it is one. What it returns raises InputError."""
    one = _one(kind.item if isinstance(kind, kinds.Scalars) else kind, parameter)
    if operator not in LISTED:
        return one
    return lambda text: [one(each) if one else each for each in _split(text, parameter, limits)]


def read_flag(text: str, parameter: str) -> bool:
    """`true` or `false`. Raises InputError."""
    if text not in ("true", "false"):
        raise refuse("value-invalid", f"`{parameter}` is {text[:80]!r}.", "Pass true or false.", parameter)
    return text == "true"


def default_operator(operators: tuple[Operator, ...]) -> Operator | None:
    """What a filter without an operator does: equal, or, for lists, contain."""
    for operator in ("eq", "has"):
        if operator in operators:
            return operator
    return None


def spelled(operator: Operator) -> str:
    """The operator as the APIs call it."""
    return camel_case(operator)


def _one(kind: Kind, parameter: str) -> Read | None:
    match kind:
        case kinds.DateTime():
            return _moment
        case kinds.Json():
            return lambda text: _json(text, parameter)
        case _:
            return None


def _moment(text: str) -> str:
    """A day is its first moment in UTC. The `+` of an offset, not percent-encoded, arrives as a space."""
    return f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text.replace(" ", "+")


def _json(text: str, parameter: str) -> Any:
    try:
        return orjson.loads(text)
    except ValueError as error:
        raise refuse(
            "value-invalid", f"{text[:80]!r} is not JSON.", 'Text needs its quotes: "…".', parameter
        ) from error


def _split(text: str, parameter: str, limits: Limits) -> list[str]:
    """Values with commas between them; a backslash takes the next character as it is. Nothing is no value."""
    if not text:
        return []
    found, start = [], 0
    while start <= len(text):
        match = _SEPARATED.match(text, start)
        end = match.end() if match else start
        if end < len(text) and text[end] != ",":
            raise refuse(
                "value-invalid", r"The list ends with half an escape.", r"Write \\ for \.", parameter
            )
        found.append(_ESCAPED.sub(r"\1", text[start:end]))
        start = end + 1
    if len(found) > limits.values:
        sent = f"The list has {len(found):,} values"
        raise exceed("values", limits.values, sent, "Send several requests.", parameter)
    return found
