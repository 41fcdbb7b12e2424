"""How alike two blocks are: 0 nothing in common, 1 equal."""

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

Pieces = frozenset[Hashable]


def pieces(block: Mapping[str, Any]) -> Pieces:
    """A block's words and values, each with the name of its field and how often it was there before. They
    are made once a block: comparing two is one intersection."""
    seen: Counter[Hashable] = Counter()
    found: set[Hashable] = set()
    for piece in _named(block):
        seen[piece] += 1
        found.add((piece, seen[piece]))
    return frozenset(found)


def likeness(one: Pieces, two: Pieces) -> float:
    """The share of words and values that two blocks of one type have in common."""
    whole = len(one) + len(two)
    return 2 * len(one & two) / whole if whole else 1.0


def fingerprint(value: Any) -> str:
    """The same text for the same JSON."""
    return json.dumps(value, sort_keys=True)


def _named(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in block.items():
        match value:
            case _ if name == "type" or value is None:
                continue
            case str():
                yield from ((name, word) for word in value.split())
            case list():
                yield from ((name, fingerprint(each)) for each in value)
            case _:
                yield name, fingerprint(value)
