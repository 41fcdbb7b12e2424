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
    stay = set(base).intersection(theirs, yours)
    before, one, two = ([key for key in side if key in stay] for side in (base, theirs, yours))
    common = _common_order(before, one, two)
    order = one if common is None else common
    moved = (_moved(before, one), _moved(before, two))
    by_them = _followers(theirs, stay, moved[1], is_kept)
    by_you = _followers(yours, stay, moved[0], is_kept)
    theirs_too = {key for keys in by_them.values() for key in keys}
    result: list[Key] = []
    for anchor in (None, *order):
        result += [] if anchor is None else [anchor]
        result += _side_by_side(by_them.get(anchor, []), by_you.get(anchor, []), theirs_too)
    return result, common is None


def _common_order(base: list[Key], theirs: list[Key], yours: list[Key]) -> list[Key] | None:
    """The order of what all three have; None where the two new orders contradict each other."""
    if yours in (theirs, base):
        return theirs
    if theirs == base:
        return yours
    return _by_pairs(base, theirs, yours) if len(base) <= _MOST_PAIRED else None


def _by_pairs(base: list[Key], theirs: list[Key], yours: list[Key]) -> list[Key] | None:
    """Each pair of items stands as the side has it that turned it round. There is such an order exactly
    where no two items are preceded by equally many."""
    places = [{key: index for index, key in enumerate(side)} for side in (base, yours)]
    preceded = dict.fromkeys(theirs, 0)
    for index, first in enumerate(theirs):
        for second in theirs[index + 1 :]:
            later = second if _is_before(first, second, places) else first
            preceded[later] += 1
    order = sorted(theirs, key=preceded.__getitem__)
    return order if [preceded[key] for key in order] == list(range(len(order))) else None


def _is_before(first: Key, second: Key, places: list[dict[Key, int]]) -> bool:
    """Whether `first`, which precedes in theirs, precedes in the merged order too."""
    base, yours = places
    return base[first] > base[second] or yours[first] < yours[second]


def _moved(base: list[Key], side: list[Key]) -> frozenset[Key]:
    """What a side moved, as few as explain its order."""
    places = {key: index for index, key in enumerate(base)}
    still = {side[index] for index in longest_rising([places[key] for key in side])}
    return frozenset(key for key in side if key not in still)


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


def _side_by_side(theirs: list[Key], yours: list[Key], theirs_too: set[Key]) -> list[Key]:
    """What both sides put at one place: theirs, and yours around what is in both."""
    places = {key: index for index, key in enumerate(yours)}
    found: list[Key] = []
    at = 0
    for key in theirs:
        if (place := places.get(key, -1)) >= at:
            found += [each for each in yours[at:place] if each not in theirs_too]
            at = place + 1
        found.append(key)
    return [*found, *(each for each in yours[at:] if each not in theirs_too)]
