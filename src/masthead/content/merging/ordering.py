"""Two changes of the order of a list, merged: what was moved, inserted and taken out on both sides.

Items are known by keys, each at most once in a version.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from masthead.content.aligning.anchors import longest_rising

Key = TypeVar("Key", bound=Hashable)

_MOST_PAIRED = 1000
"""Items whose order is merged pair by pair, where both sides changed it."""


def merge_order(
    base: Sequence[Key], theirs: Sequence[Key], yours: Sequence[Key], is_kept: Callable[[Key], bool]
) -> tuple[list[Key], bool]:
    """The keys in their new order, and whether the two orders clash (then it is theirs).

    What only one side has was added by it, or taken out by the other: `is_kept` decides. What both inserted
    at one place stands there side by side, theirs first.
    """
    common = _common_order(base, theirs, yours)
    order = _within(theirs, yours) if common is None else common
    moved = (_moved(base, theirs), _moved(base, yours))
    follow = [
        _followers(side, set(order), other_moved, is_kept)
        for side, other_moved in ((theirs, moved[1]), (yours, moved[0]))
    ]
    result: list[Key] = []
    for anchor in (None, *order):
        result += [] if anchor is None else [anchor]
        for each in follow:
            result += each.get(anchor, [])
    return result, common is None


def _common_order(base: Sequence[Key], theirs: Sequence[Key], yours: Sequence[Key]) -> list[Key] | None:
    """The order of what both sides have; None where the two orders contradict each other."""
    one, two = _within(theirs, yours), _within(yours, theirs)
    before = _within(base, one)
    if one == two or (len(before) == len(two) and two == before):
        return one
    if len(before) == len(one) and one == before:
        return two
    if len(one) > _MOST_PAIRED:
        return None
    return _by_pairs(before, one, two)


def _by_pairs(base: list[Key], theirs: list[Key], yours: list[Key]) -> list[Key] | None:
    """Each pair of items stands as the side has it that turned it round. There is such an order exactly
    where no two items are preceded by equally many."""
    places = [{key: index for index, key in enumerate(side)} for side in (base, theirs, yours)]
    preceded = dict.fromkeys(theirs, 0)
    for index, first in enumerate(theirs):
        for second in theirs[index + 1 :]:
            later = second if _is_before(first, second, places) else first
            preceded[later] += 1
    order = sorted(theirs, key=preceded.__getitem__)
    return order if [preceded[key] for key in order] == list(range(len(order))) else None


def _is_before(first: Key, second: Key, places: list[dict[Key, int]]) -> bool:
    """Whether `first`, which precedes in theirs, precedes in the merged order too."""
    base, _, yours = places
    if first not in base or second not in base:
        return True  # added by both sides: theirs has placed it
    is_turned = base[first] > base[second]
    return is_turned or yours[first] < yours[second]


def _moved(base: Sequence[Key], side: Sequence[Key]) -> frozenset[Key]:
    """What a side moved, as few as explain its order."""
    places = {key: index for index, key in enumerate(base)}
    known = [key for key in side if key in places]
    still = {known[index] for index in longest_rising([places[key] for key in known])}
    return frozenset(key for key in known if key not in still)


def _followers(
    side: Sequence[Key], common: set[Key], moved: frozenset[Key], is_kept: Callable[[Key], bool]
) -> Mapping[Key | None, list[Key]]:
    """What only this side has, by the item that it follows; not one that the other side moved away."""
    found: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    for key in side:
        if key in common:
            anchor = anchor if key in moved else key
        elif is_kept(key):
            found.setdefault(anchor, []).append(key)
    return found


def _within(keys: Sequence[Key], others: Sequence[Key]) -> list[Key]:
    there = set(others)
    return [key for key in keys if key in there]
