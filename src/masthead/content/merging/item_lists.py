"""Lists of references and of scalars, merged as ordered sets: tags that were added on both sides are all
there, those that one side took out are gone."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from masthead.content.aligning.likeness import fingerprint
from masthead.content.merging.clash import Clash
from masthead.content.merging.ordering import merge_order


def merge_items(
    path: str, base: Sequence[Any], theirs: Sequence[Any], yours: Sequence[Any]
) -> tuple[list[Any], tuple[Clash, ...]]:
    """The merged list. It clashes where both sides moved the same item to different places."""
    keys = [_keys(each) for each in (base, theirs, yours)]
    known = set(keys[0])
    order, is_clash = merge_order(keys[0], keys[1], keys[2], lambda key: key not in known)
    values = {
        key: value
        for side, items in zip(keys, (base, theirs, yours), strict=True)
        for key, value in zip(side, items, strict=True)
    }
    clash = Clash(path, list(base), list(theirs), list(yours))
    return [values[key] for key in order], (clash,) if is_clash else ()


def _keys(items: Sequence[Any]) -> list[Hashable]:
    """Each item with how often it stood there before: a list may hold a value twice."""
    seen: Counter[str] = Counter()
    found: list[Hashable] = []
    for each in map(fingerprint, items):
        seen[each] += 1
        found.append((each, seen[each]))
    return found
