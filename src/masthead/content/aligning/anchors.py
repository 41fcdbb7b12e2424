"""What is unique in both of two sequences, as far as it is in the same order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence


def anchors(one: Sequence[int], two: Sequence[int]) -> list[tuple[int, int]]:
    """Places (in one, in two), rising in both."""
    first, second = Counter(one), Counter(two)
    places = {each: index for index, each in enumerate(two) if second[each] == 1}
    pairs = [(index, places[each]) for index, each in enumerate(one) if each in places and first[each] == 1]
    return [pairs[index] for index in longest_rising([other for _, other in pairs])]


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest rising subsequence; in n log n."""
    ends: list[int] = []  # the smallest number that a rising run of this length ends with
    last: list[int] = []  # and its index
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [index]
    found: list[int] = []
    at = last[-1] if last else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]
