"""Two edits of a text, merged by whole lines: diff3, with four differences.

Edits that touch without overlapping both hold, and so do deletions that overlap. A part that both sides
changed alike is taken from both, so that a clash is as small as it can be. Two edits that touch and add the
same line are looked at as one: it was most likely added once, not twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from masthead.content.aligning import Hunk, hunks
from masthead.content.merging.clash import Clash, ClashLines, Span

Lines = Sequence[str]

_SAYS = re.compile(r"\w")
"""What a line has that says something: blank lines, fences and rules are added twice by chance."""


def merge_text(path: str, base: str, theirs: str, yours: str) -> tuple[str, tuple[Clash, ...]]:
    """The merged text, with theirs where both clash. A line ends with a line feed, and nothing else."""
    merging = _Merging(path, base.split("\n"), theirs.split("\n"), yours.split("\n"))
    lines, clashes = merging.merged()
    return "\n".join(lines), clashes


@dataclass(slots=True)
class _Group:
    """Hunks of both sides that cannot be told apart: the base's lines [start, end)."""

    start: int
    end: int
    theirs: list[Hunk] = field(default_factory=list)
    yours: list[Hunk] = field(default_factory=list)

    def add(self, hunk: Hunk, *, is_theirs: bool) -> None:
        (self.theirs if is_theirs else self.yours).append(hunk)
        self.start, self.end = min(self.start, hunk.old), max(self.end, hunk.old_end)

    def last(self, *, is_theirs: bool) -> Hunk | None:
        found = self.theirs if is_theirs else self.yours
        return found[-1] if found else None

    @property
    def only_takes_out(self) -> bool:
        """Whether nobody added a line: two deletions that overlap do not contradict each other."""
        return all(hunk.new == hunk.new_end for hunk in (*self.theirs, *self.yours))


@dataclass(frozen=True, slots=True)
class _Merging:
    path: str
    base: Lines
    theirs: Lines
    yours: Lines

    def merged(self) -> tuple[list[str], tuple[Clash, ...]]:
        result: list[str] = []
        clashes: list[Clash] = []
        at = 0
        shift_theirs = shift_yours = 0
        for group in self._groups():
            result += self.base[at : group.start]
            theirs = self._text(group, group.theirs, self.theirs)
            yours = self._text(group, group.yours, self.yours)
            starts = (group.start, group.start + shift_theirs, group.start + shift_yours)
            if group.only_takes_out:
                result += self._left(group)
            elif clash := self._settle(self.base[group.start : group.end], theirs, yours, starts, result):
                clashes.append(clash)
            size = group.end - group.start
            shift_theirs, shift_yours = shift_theirs + len(theirs) - size, shift_yours + len(yours) - size
            at = group.end
        result += self.base[at:]
        return result, tuple(clashes)

    def _groups(self) -> Iterator[_Group]:
        edits = [(each.old, each.old_end, True, each) for each in hunks(self.base, self.theirs)]
        edits += [(each.old, each.old_end, False, each) for each in hunks(self.base, self.yours)]
        held: _Group | None = None
        for *_, is_theirs, hunk in sorted(edits, key=lambda each: each[:3]):
            # Those of one side never touch: the last one of the other side reaches furthest.
            other = held.last(is_theirs=not is_theirs) if held else None
            if held and other and self._is_one(hunk, other, is_theirs=is_theirs):
                held.add(hunk, is_theirs=is_theirs)
                continue
            if held:
                yield held
            held = _Group(hunk.old, hunk.old_end)
            held.add(hunk, is_theirs=is_theirs)
        if held:
            yield held

    def _is_one(self, hunk: Hunk, other: Hunk, *, is_theirs: bool) -> bool:
        """Whether a hunk and one of the other side that does not begin after it change the same place."""
        if hunk.is_insertion and other.is_insertion:
            return hunk.old == other.old
        if hunk.old < other.old_end and other.old < hunk.old_end:
            return True
        if hunk.old != other.old_end and other.old != hunk.old_end:
            return False
        mine, their = (self.theirs, self.yours) if is_theirs else (self.yours, self.theirs)
        added = {line for line in mine[hunk.new : hunk.new_end] if _SAYS.search(line)}
        return not added.isdisjoint(their[other.new : other.new_end])

    def _text(self, group: _Group, edits: Sequence[Hunk], side: Lines) -> list[str]:
        """The group's lines as one side has them."""
        found: list[str] = []
        at = group.start
        for hunk in edits:
            found += [*self.base[at : hunk.old], *side[hunk.new : hunk.new_end]]
            at = hunk.old_end
        return [*found, *self.base[at : group.end]]

    def _left(self, group: _Group) -> list[str]:
        """The lines that neither side took out."""
        gone = {line for hunk in (*group.theirs, *group.yours) for line in range(hunk.old, hunk.old_end)}
        return [self.base[line] for line in range(group.start, group.end) if line not in gone]

    def _settle(
        self, base: Lines, theirs: Lines, yours: Lines, starts: tuple[int, int, int], result: list[str]
    ) -> Clash | None:
        """Add the group to the result; return the clash that is left of it."""
        head = _same_start(theirs, yours)
        tail = _same_start(theirs[head:][::-1], yours[head:][::-1])
        core, other = theirs[head : len(theirs) - tail], yours[head : len(yours) - tail]
        head_of_base = min(head, _same_start(base, theirs))
        tail_of_base = min(tail, _same_start(base[head_of_base:][::-1], theirs[::-1]))
        rest = base[head_of_base : len(base) - tail_of_base]
        result += theirs[:head]
        clash = None
        if other in (core, rest):
            kept = core
        elif core == rest:
            kept = other
        else:
            kept = core
            spans = ClashLines(
                Span(starts[0] + head_of_base + 1, len(rest)),
                Span(starts[1] + head + 1, len(core)),
                Span(starts[2] + head + 1, len(other)),
                Span(len(result) + 1, len(core)),
            )
            texts = ["\n".join(each) for each in (rest, core, other)]
            clash = Clash(self.path, texts[0], texts[1], texts[2], spans)
        result += [*kept, *theirs[len(theirs) - tail :]]
        return clash


def _same_start(one: Lines, two: Lines) -> int:
    """How many lines both begin with."""
    for index, (left, right) in enumerate(zip(one, two, strict=False)):
        if left != right:
            return index
    return min(len(one), len(two))
