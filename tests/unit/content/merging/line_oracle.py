"""A slow and obvious three-way merge of lines that are all different, from edits that are known.

Nothing is compared: the edits say which lines a side replaced and where it inserted. The base is cut at every
place that neither side's edits reach across; each piece is taken from whoever changed it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Edit:
    """The base's lines [start, end) become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def edits(side: str, length: int) -> st.SearchStrategy[list[Edit]]:
    """Edits of one side that do not touch each other, with lines that nobody else has."""
    cuts = st.lists(st.integers(0, length), unique=True, min_size=0, max_size=8)
    sizes = st.lists(st.integers(0, 2), min_size=8, max_size=8)
    return st.builds(lambda places, counts: list(_built(side, sorted(places), counts)), cuts, sizes)


def _built(side: str, places: list[int], counts: list[int]) -> Iterator[Edit]:
    last = -1
    for number, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False)):
        stop = start if counts[-1 - number] == 0 else end
        lines = tuple(f"{side}{number}.{each}" for each in range(counts[number]))
        if start > last and (stop > start or lines):
            yield Edit(start, stop, lines)
            last = stop


def applied(base: Sequence[str], changes: Sequence[Edit]) -> list[str]:
    """The base after the edits."""
    found = list(base)
    for each in sorted(changes, key=lambda each: each.start, reverse=True):
        found[each.start : each.end] = each.lines
    return found


def merge_lines(
    base: Sequence[str], theirs: Sequence[Edit], yours: Sequence[Edit]
) -> tuple[list[str], list[tuple[list[str], list[str], list[str]]]]:
    """The merged lines with theirs at the places that clash, and the clashes (base, theirs, yours)."""
    cuts = [
        cut
        for cut in range(len(base) + 1)
        if not any(each.start < cut < each.end for each in (*theirs, *yours))
    ]
    pieces = [piece for cut in cuts for piece in ((cut, cut), (cut, _next(cuts, cut)))]
    merged: list[str] = []
    clashes = []
    for start, end in pieces:
        before = list(base[start:end])
        both = [[each for each in side if _is_in(each, start, end)] for side in (theirs, yours)]
        one, two = (_piece(before, start, side) for side in both)
        if before and not any(each.lines for side in both for each in side):
            merged += [line for line in before if line in one and line in two]
            continue
        merged += two if one == before else one
        if before not in (one, two):
            clashes.append((before, one, two))
    return merged, clashes


def _next(cuts: list[int], cut: int) -> int:
    return min((each for each in cuts if each > cut), default=cut)


def _is_in(edit: Edit, start: int, end: int) -> bool:
    """An insertion at a cut is a piece of its own; not one that an edit of the other side reaches across."""
    if edit.start == edit.end:
        return start < edit.start < end or (start == end == edit.start)
    return start <= edit.start and edit.end <= end


def _piece(before: list[str], start: int, changes: list[Edit]) -> list[str]:
    return applied(before, [Edit(each.start - start, each.end - start, each.lines) for each in changes])
