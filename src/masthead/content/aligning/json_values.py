"""When two JSON values are the same."""

from collections.abc import Mapping
from typing import Any


def is_same(one: Any, two: Any) -> bool:
    """Whether two JSON values are equal. Not `==`: for Python, true is 1. Values may be nested deeper than
    Python's stack."""
    pairs = [(one, two)]
    while pairs:
        left, right = pairs.pop()
        match left, right:
            case Mapping(), Mapping():
                if left.keys() != right.keys():
                    return False
                pairs += [(left[key], right[key]) for key in left]
            case ((list() | tuple()), (list() | tuple())):
                if len(left) != len(right):
                    return False
                pairs += zip(left, right, strict=True)
            case (Mapping() | list() | tuple(), _) | (_, Mapping() | list() | tuple()):
                return False
            case _:
                if left != right or isinstance(left, bool) != isinstance(right, bool):
                    return False
    return True


def without_nulls(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as they are told apart: a field that holds null and one that is left out are the same."""
    return {name: value for name, value in fields.items() if value is not None}
