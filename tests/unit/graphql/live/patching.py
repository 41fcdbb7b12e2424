"""RFC 6902 as a client applies it: add, remove and replace, plainly."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any


def applied(document: Any, patch: Sequence[dict[str, Any]]) -> Any:
    """The document that the patch makes."""
    root = {"": deepcopy(document)}
    for step in patch:
        *path, key = ["", *(_plain(each) for each in step["path"].split("/")[1:])]
        target: Any = root
        for each in path:
            target = target[int(each)] if isinstance(target, list) else target[each]
        if isinstance(target, list):
            _in_list(target, int(key), step)
        elif step["op"] == "remove":
            del target[key]
        else:
            target[key] = step["value"]
    return root[""]


def _in_list(target: list[Any], index: int, step: dict[str, Any]) -> None:
    match step["op"]:
        case "add":
            target.insert(index, step["value"])
        case "remove":
            del target[index]
        case _:
            target[index] = step["value"]


def _plain(key: str) -> str:
    return key.replace("~1", "/").replace("~0", "~")
