"""The common parts of two sequences, in order: first around what each has only once, then the shortest edit.

Anchors that are unique in both (Bram Cohen's "patience diff") keep a moved paragraph from being matched by
its blank lines. The work is bounded by counted steps: what is beyond is told as replaced, never wrongly.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from masthead.content.aligning.anchors import anchors
from masthead.content.aligning.shortest_edit import Budget, shortest_edit

_DEEPEST = 6
"""Levels of anchors within anchors: each reads its whole region once."""

_STEPS = 300_000
"""Steps of the shortest edit, for one pair of sequences: some tenths of a second."""


@dataclass(frozen=True, slots=True)
class Match:
    """`size` items from `old` on in the first sequence are those from `new` on in the second."""

    old: int
    new: int
    size: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """The items [old, old_end) of the first sequence became [new, new_end) of the second; one
    may be empty."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def is_insertion(self) -> bool:
        """Whether nothing was there before."""
        return self.old == self.old_end


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[Match, ...]:
    """What both sequences have, in the order of both; as long as possible, never touching."""
    codes: dict[Hashable, int] = {}
    one = [codes.setdefault(each, len(codes)) for each in old]
    two = [codes.setdefault(each, len(codes)) for each in new]
    return tuple(_joined(sorted(_found(one, two))))


def hunks(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[Hunk, ...]:
    """What lies between the matches. Of the places that an insertion or a deletion among equal items can
    have, it has the last: so that two sides that did the same are seen to have done the same."""
    gaps, at, other = [], 0, 0
    for each in (*matches(old, new), Match(len(old), len(new), 0)):
        if at < each.old or other < each.new:
            gaps.append(Hunk(at, each.old, other, each.new))
        at, other = each.old + each.size, each.new + each.size
    found: list[Hunk] = []
    for gap in reversed(gaps):
        after = found[-1] if found else Hunk(len(old), len(old), len(new), len(new))
        slid = _slid(gap, old, new, after.old - gap.old_end)
        if found and slid.old_end == after.old:
            slid = Hunk(slid.old, found.pop().old_end, slid.new, after.new_end)
        found.append(slid)
    return tuple(reversed(found))


def _slid(hunk: Hunk, old: Sequence[Hashable], new: Sequence[Hashable], room: int) -> Hunk:
    """The hunk as far towards the end as it can be; `room` items lie between it and what comes behind."""
    if hunk.old < hunk.old_end and hunk.new < hunk.new_end:
        return hunk
    items, start, end = (new, hunk.new, hunk.new_end) if hunk.is_insertion else (old, hunk.old, hunk.old_end)
    step = 0
    while step < room and items[start + step] == items[end + step]:
        step += 1
    return Hunk(hunk.old + step, hunk.old_end + step, hunk.new + step, hunk.new_end + step)


def _found(one: list[int], two: list[int]) -> Iterator[tuple[int, int, int]]:
    """The matches as (old, new, size), in no order."""
    budget = Budget(_STEPS)
    regions = [(0, len(one), 0, len(two), 0)]
    while regions:
        low, high, start, end, depth = regions.pop()
        head = _same_start(one, two, low, high, start, end)
        tail = _same_end(one, two, low + head, high, start + head, end)
        yield low, start, head
        yield high - tail, end - tail, tail
        low, start, high, end = low + head, start + head, high - tail, end - tail
        if low == high or start == end:
            continue
        fixed = anchors(one[low:high], two[start:end]) if depth < _DEEPEST else []
        if not fixed:
            for at, other, size in shortest_edit(one[low:high], two[start:end], budget):
                yield low + at, start + other, size
        previous = (0, 0)
        for at, other in [*fixed, (high - low, end - start)] if fixed else []:
            regions.append((low + previous[0], low + at, start + previous[1], start + other, depth + 1))
            previous = at, other


def _same_start(one: list[int], two: list[int], low: int, high: int, start: int, end: int) -> int:
    size = 0
    while low + size < high and start + size < end and one[low + size] == two[start + size]:
        size += 1
    return size


def _same_end(one: list[int], two: list[int], low: int, high: int, start: int, end: int) -> int:
    size = 0
    while high - size > low and end - size > start and one[high - size - 1] == two[end - size - 1]:
        size += 1
    return size


def _joined(found: list[tuple[int, int, int]]) -> Iterator[Match]:
    """Matches that follow upon each other in both become one."""
    held: Match | None = None
    for old, new, size in found:
        if size == 0:
            continue
        if held and (held.old + held.size, held.new + held.size) == (old, new):
            held = Match(held.old, held.new, held.size + size)
        else:
            if held:
                yield held
            held = Match(old, new, size)
    if held:
        yield held
