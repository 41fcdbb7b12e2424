"""RFC 6902: what turns one JSON value into another. Lists are compared from both ends, objects by key."""

from collections.abc import Iterator
from typing import Any

import orjson

Step = dict[str, Any]


def patch_of(before: bytes, after: bytes) -> bytes:
    """A patch of `data` from one response to another, as JSON."""
    return orjson.dumps(list(steps("", orjson.loads(before)["data"], orjson.loads(after)["data"])))


def steps(path: str, old: Any, new: Any) -> Iterator[Step]:
    """What to do to `old`, in this order, so that it is `new`."""
    if type(old) is not type(new):
        yield {"op": "replace", "path": path, "value": new}
    elif isinstance(new, dict):
        yield from _of_objects(path, old, new)
    elif isinstance(new, list):
        yield from _of_lists(path, old, new)
    elif old != new:
        yield {"op": "replace", "path": path, "value": new}


def _of_objects(path: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Step]:
    for key in old.keys() - new.keys():
        yield {"op": "remove", "path": f"{path}/{_escaped(key)}"}
    for key, value in new.items():
        inner = f"{path}/{_escaped(key)}"
        if key in old:
            yield from steps(inner, old[key], value)
        else:
            yield {"op": "add", "path": inner, "value": value}


def _of_lists(path: str, old: list[Any], new: list[Any]) -> Iterator[Step]:
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    room = shorter - start
    end = next((n for n in range(room) if old[-1 - n] != new[-1 - n]), room)
    both = shorter - start - end
    for index in range(start, start + both):
        yield from steps(f"{path}/{index}", old[index], new[index])
    for index in reversed(range(start + both, len(old) - end)):
        yield {"op": "remove", "path": f"{path}/{index}"}
    for index in range(start + both, len(new) - end):
        yield {"op": "add", "path": f"{path}/{index}", "value": new[index]}


def _escaped(key: str) -> str:
    """RFC 6901, section 3."""
    return key.replace("~", "~0").replace("/", "~1")
