"""Conditions over the data of an event: a small JSON language, checked when it is given.

`{"type": "post", "state": {"in": ["published", "changed"]}}`: each key is a path into the data, each value
what is wanted there; all must hold. `any` (a list of conditions) and `not` (a condition) combine them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from masthead.kernel import InputError, Place

Condition = Mapping[str, Any]

MOST = 50
"""Parts of one condition."""

_LARGEST = 2**63
_SCALARS = (str, int, float, bool, type(None))
_OPERATORS = ("eq", "ne", "in", "contains", "startsWith", "exists")


def check_condition(condition: Any) -> None:
    """Raises InputError, which names the part that is wrong."""
    if _check(condition, "condition") > MOST:
        raise _wrong("condition", f"it has more than {MOST} parts")


def holds(condition: Condition, data: Mapping[str, Any]) -> bool:
    """Whether the data meet a condition that was checked."""
    return all(_part_holds(key, wanted, data) for key, wanted in condition.items())


def _part_holds(key: str, wanted: Any, data: Mapping[str, Any]) -> bool:
    if key == "any":
        return any(holds(each, data) for each in wanted)
    if key == "not":
        return not holds(wanted, data)
    is_there, value = _at(data, key)
    if not isinstance(wanted, dict):
        return is_there and _equal(value, wanted)
    return all(_compare(name, operand, value, is_there=is_there) for name, operand in wanted.items())


def _compare(name: str, operand: Any, value: Any, *, is_there: bool) -> bool:
    match name:
        case "exists":
            return is_there is operand
        case "ne":
            return not (is_there and _equal(value, operand))
        case "eq":
            return is_there and _equal(value, operand)
        case "in":
            return is_there and any(_equal(value, each) for each in operand)
        case "contains":
            return isinstance(value, list) and any(_equal(each, operand) for each in value)
        case _:  # startsWith: there is no other
            return isinstance(value, str) and value.startswith(operand)


def _equal(value: Any, wanted: Any) -> bool:
    """As JSON has it: true is not 1."""
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)


def _at(data: Any, path: str) -> tuple[bool, Any]:
    for name in path.split("."):
        if not isinstance(data, Mapping) or name not in data:
            return False, None
        data = data[name]
    return True, data


def _check(condition: Any, path: str, depth: int = 0) -> int:
    if not isinstance(condition, dict) or depth > 5:
        raise _wrong(path, "it is no object" if depth <= 5 else "it is nested too deeply")
    return sum(_check_part(key, wanted, f"{path}.{key}"[:200], depth) for key, wanted in condition.items())


def _check_part(key: str, wanted: Any, path: str, depth: int) -> int:
    if "\0" in key or not 0 < len(key) <= 200:
        raise _wrong("condition", "a path in it is empty, too long, or has a null in it")
    if key == "any":
        if not isinstance(wanted, list) or not wanted:
            raise _wrong(path, "it is no list of conditions")
        return 1 + sum(_check(each, path, depth + 1) for each in wanted)
    if key == "not":
        return 1 + _check(wanted, path, depth + 1)
    if not isinstance(wanted, dict):
        _check_scalar(wanted, path)
        return 1
    if not wanted:
        raise _wrong(path, f"it says nothing; there are {', '.join(_OPERATORS)}")
    return sum(_check_operand(name, operand, f"{path}.{name}"[:200]) for name, operand in wanted.items())


def _check_operand(name: str, operand: Any, path: str) -> int:
    match name:
        case "in":
            if not isinstance(operand, list):
                raise _wrong(path, "it is no list")
            for each in operand:
                _check_scalar(each, path)
            return max(1, len(operand))
        case "exists":
            _require_type(operand, bool, path, "true or false")
        case "startsWith":
            _require_type(operand, str, path, "a text")
        case "eq" | "ne" | "contains":
            _check_scalar(operand, path)
        case _:
            raise _wrong(path, f"there is no such operator, only {', '.join(_OPERATORS)}")
    return 1


def _require_type(value: Any, kind: type, path: str, name: str) -> None:
    if not isinstance(value, kind):
        raise _wrong(path, f"it is not {name}")


def _check_scalar(value: Any, path: str) -> None:
    if not isinstance(value, _SCALARS):
        raise _wrong(path, "it is neither a text, a number, true, false nor null")
    if isinstance(value, int | float) and not abs(value) < _LARGEST:  # nor what is no number
        raise _wrong(path, "the number is too large")
    if isinstance(value, str) and ("\0" in value or len(value) > 1000):
        raise _wrong(path, "the text is too long, or has a null in it")


def has_type(types: Sequence[str], name: str) -> bool:
    """Whether a type of event is among those that are wanted; `*` at the end stands for anything."""
    return any(name.startswith(each[:-1]) if each.endswith("*") else name == each for each in types)


def _wrong(path: str, why: str) -> InputError:
    return InputError(
        "webhook-condition",
        f"`{path}` of the condition is wrong: {why}.",
        'Such as {"type": "post", "state": {"in": ["published", "changed"]}}.',
        Place(path=path),
    )
