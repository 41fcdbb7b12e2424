"""JSON objects, merged key by key."""

from collections.abc import Mapping
from typing import Any

from masthead.content.aligning import is_same
from masthead.content.merging.clash import Clash

_ABSENT = object()
"""In an object, a key that is not there is not one that holds null."""

_DEEPEST = 64
"""Objects within objects; what lies deeper is one value."""


def merge_json(
    path: str, base: Any, theirs: Any, yours: Any, depth: int = 0
) -> tuple[Any, tuple[Clash, ...]]:
    """The merged value. Anything but three objects is one value: an array too."""
    if _is_same(theirs, yours) or _is_same(base, yours):
        return theirs, ()
    if _is_same(base, theirs):
        return yours, ()
    sides = (base, theirs, yours)
    if depth == _DEEPEST or not all(isinstance(each, Mapping) for each in sides):
        return theirs, (Clash(path, *(None if each is _ABSENT else each for each in sides)),)
    found: dict[str, Any] = {}
    clashes: list[Clash] = []
    for key in dict.fromkeys((*theirs, *yours)):
        below = [each.get(key, _ABSENT) for each in sides]
        value, more = merge_json(f"{path}.{key}", below[0], below[1], below[2], depth + 1)
        clashes += more
        if value is not _ABSENT:
            found[key] = value
    return found, tuple(clashes)


def _is_same(one: Any, two: Any) -> bool:
    if one is _ABSENT or two is _ABSENT:
        return one is two
    return is_same(one, two)
