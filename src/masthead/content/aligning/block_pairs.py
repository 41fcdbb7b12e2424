"""Which block of one version is which of another. Blocks have no ids, as decision 12 says: they are known by
what they hold and where they stand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masthead.content.aligning.alignment import hunks, matches
from masthead.content.aligning.json_values import without_nulls
from masthead.content.aligning.likeness import fingerprint, likeness, pieces

Block = Mapping[str, Any]

_MOST_COMPARED = 10_000
"""Pairs of blocks that are read word by word; two hundred changed blocks are beyond it, not one hundred."""

_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.3, 0.5
"""Likeness from which a block is the other, edited: in the same gap, and where it must have moved too."""


@dataclass(frozen=True, slots=True)
class BlockPairs:
    """Places in the new list by places in the old one, each at most once. `alike` have something in common;
    `in_place` only stand where the other stood: the same block with another text, or another block."""

    alike: Mapping[int, int]
    in_place: Mapping[int, int]

    def without(self, others: "BlockPairs") -> Mapping[int, int]:
        """All pairs, but those in place whose old block is not in the `others` either: who has taken a block
        out does not care what stands there now."""
        kept = {*others.alike, *others.in_place}
        return {**self.alike, **{old: new for old, new in self.in_place.items() if old in kept}}

    @property
    def all(self) -> Mapping[int, int]:
        """Both kinds."""
        return {**self.alike, **self.in_place}


def pair_blocks(old: Sequence[Block], new: Sequence[Block]) -> BlockPairs:
    """First what is equal in order, then what is equal and moved, then what is most alike, and last what
    stands in the same place and is of the same type."""
    one = [fingerprint(without_nulls(block)) for block in old]
    two = [fingerprint(without_nulls(block)) for block in new]
    pairs = {match.old + step: match.new + step for match in matches(one, two) for step in range(match.size)}
    gaps = _gaps(one, two)
    pairs |= _moved(one, two, pairs)
    pairs |= _alike(old, new, pairs, gaps)
    return BlockPairs(pairs, _in_place(old, new, pairs))


def _gaps(one: Sequence[str], two: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """The number of the gap that each block of either side lies in."""
    found: tuple[dict[int, int], dict[int, int]] = {}, {}
    for number, hunk in enumerate(hunks(one, two)):
        found[0].update(dict.fromkeys(range(hunk.old, hunk.old_end), number))
        found[1].update(dict.fromkeys(range(hunk.new, hunk.new_end), number))
    return found


def _moved(one: Sequence[str], two: Sequence[str], pairs: Mapping[int, int]) -> dict[int, int]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for index in _left(two, pairs.values()):
        waiting[two[index]].append(index)
    return {index: waiting[one[index]].pop(0) for index in _left(one, pairs) if waiting[one[index]]}


def _alike(
    old: Sequence[Block],
    new: Sequence[Block],
    pairs: Mapping[int, int],
    gaps: tuple[Mapping[int, int], Mapping[int, int]],
) -> dict[int, int]:
    """The best pairs first."""
    left, right = list(_left(old, pairs)), list(_left(new, pairs.values()))
    if len(left) * len(right) > _MOST_COMPARED:
        return {}
    ranked = []
    one, two = ({each: pieces(side[each]) for each in places} for side, places in ((old, left), (new, right)))
    for index in left:
        for other in right:
            if old[index].get("type") != new[other].get("type"):
                continue
            score, is_here = likeness(one[index], two[other]), gaps[0][index] == gaps[1][other]
            if score >= (_ALIKE_HERE if is_here else _ALIKE_ELSEWHERE):
                ranked.append((-score, not is_here, abs(index - other), index, other))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for *_, index, other in sorted(ranked):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)
    return found


def _in_place(old: Sequence[Block], new: Sequence[Block], pairs: Mapping[int, int]) -> dict[int, int]:
    """Between two neighbours that are paired already, as many blocks of the same types on both sides."""
    found: dict[int, int] = {}
    back = {other: index for index, other in pairs.items()}
    run: list[int] = []
    for index in range(len(old) + 1):
        if index < len(old) and index not in pairs:
            run.append(index)
            continue
        start = pairs[run[0] - 1] + 1 if run and run[0] > 0 else 0
        end = pairs[index] if index < len(old) else len(new)
        there = list(range(start, end))
        if run and not any(each in back for each in there) and _types(old, run) == _types(new, there):
            found |= dict(zip(run, there, strict=True))
        run = []
    return found


def _left(items: Sequence[Any], taken: Any) -> Iterator[int]:
    done = set(taken)
    return (index for index in range(len(items)) if index not in done)


def _types(blocks: Sequence[Block], places: Sequence[int]) -> list[Any]:
    return [blocks[place].get("type") for place in places]
