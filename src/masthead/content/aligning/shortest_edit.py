"""The shortest edit between two sequences: the greedy algorithm of E. W. Myers, "An O(ND) Difference
Algorithm and Its Variations", 1986, with a limit."""

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 400
"""Insertions and deletions of one region; memory grows with the square."""


@dataclass(slots=True)
class Budget:
    """Steps that are left for all regions of two sequences."""

    steps: int


def shortest_edit(one: Sequence[int], two: Sequence[int], budget: Budget) -> list[tuple[int, int, int]]:
    """Common parts as (place in one, place in two, size); none where the limit is reached first."""
    size, other_size = len(one), len(two)
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(size + other_size, _LONGEST) + 1):
        trail.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            at = _step(furthest, diagonal, edits)
            begun = at
            while at < size and at - diagonal < other_size and one[at] == two[at - diagonal]:
                at += 1
            furthest[diagonal] = at
            budget.steps -= 1 + at - begun
            if at >= size and at - diagonal >= other_size:
                return _back(trail, size, other_size)
        if budget.steps <= 0:
            break
    return []


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Where a path on the diagonal stands after one more edit: an insertion, or else a deletion."""
    is_down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
    return furthest[diagonal + 1] if is_down else furthest[diagonal - 1] + 1


def _back(trail: list[dict[int, int]], at: int, other: int) -> list[tuple[int, int, int]]:
    found = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[edits], at - other
        start = _step(furthest, diagonal, edits)
        if at > start:
            found.append((start, start - diagonal, at - start))
        is_down = diagonal == -edits or (
            diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
        )
        previous = diagonal + 1 if is_down else diagonal - 1
        if edits:
            at = furthest[previous]
            other = at - previous
    return found[::-1]
