"""Which response path leads to a place among an answer's bytes. Only asked when something failed there."""

import re
from collections.abc import Iterable

import orjson

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]', re.DOTALL)

Path = tuple[str | int, ...]


def paths_at(json: bytes, offsets: Iterable[int]) -> list[Path]:
    """The path of the value that begins at each of the offsets, which are sorted."""
    waiting = iter(offsets)
    wanted = next(waiting, None)
    found: list[Path] = []
    steps: list[bytes | int | None] = []  # in each open container: the key, its number; None before a key
    for token in _TOKEN.finditer(json):
        if wanted is None:
            break
        if token.start() == wanted:
            found.append(tuple(_spell(step) for step in steps))
            wanted = next(waiting, None)
        _step(steps, token.group())
    return found


def _step(steps: list[bytes | int | None], token: bytes) -> None:
    match token:
        case b"{":
            steps.append(None)
        case b"[":
            steps.append(0)
        case b"}" | b"]":
            steps.pop()
        case b",":
            last = steps[-1]
            steps[-1] = last + 1 if isinstance(last, int) else None
        case _ if steps and steps[-1] is None:
            steps[-1] = token


def _spell(step: bytes | int | None) -> str | int:
    if step is None:
        raise AssertionError("a value stands behind its key")
    return step if isinstance(step, int) else str(orjson.loads(step))
