"""How alike two blocks are: 0 nothing in common, 1 equal."""

import json
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any


def likeness(one: Mapping[str, Any], two: Mapping[str, Any]) -> float:
    """The share of words and values that both have; 0 for blocks of two types."""
    if one.get("type") != two.get("type"):
        return 0.0
    first, second = _pieces(one), _pieces(two)
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 1.0


def fingerprint(value: Any) -> str:
    """The same text for the same JSON."""
    return json.dumps(value, sort_keys=True)


def _pieces(block: Mapping[str, Any]) -> Counter[Hashable]:
    """A block's words and values, each with the name of its field."""
    found: Counter[Hashable] = Counter()
    for name, value in block.items():
        match value:
            case str() if name != "type":
                found.update((name, word) for word in value.split())
            case list():
                found.update((name, fingerprint(each)) for each in value)
            case None:
                pass
            case _ if name != "type":
                found[name, fingerprint(value)] += 1
    return found
