"""What differs between two texts, by words: runs that are equal, inserted or deleted, with lines around."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from masthead.content.aligning import Hunk, hunks, matches

RunKind = Literal["equal", "insert", "delete"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_CONTEXT = 3
_ALIKE = 0.3
"""Share of letters that two pieces must have in common to be compared by words. Below, it reads better to
see the old piece and the new one."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in both versions ("equal"), or in one of them."""

    kind: RunKind
    text: str


@dataclass(frozen=True, slots=True)
class TextHunk:
    """Lines [before, before + before_count) of the older text became [after, after + after_count), counted
    from 1. Its equal and deleted runs are the older lines, its equal and inserted ones the newer."""

    before: int
    before_count: int
    after: int
    after_count: int
    runs: Sequence[Run]

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it; a run is a pair."""
        return {
            "before": [self.before, self.before_count],
            "after": [self.after, self.after_count],
            "runs": [[each.kind, each.text] for each in self.runs],
        }


def text_hunks(before: str, after: str, context: int = _CONTEXT) -> tuple[TextHunk, ...]:
    """The places that differ, each with as many lines of context as there are, at most."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    return tuple(_hunk(old, new, group, context) for group in _groups(hunks(old, new), context))


def _groups(found: Sequence[Hunk], context: int) -> Iterator[list[Hunk]]:
    """Hunks whose context would overlap are shown as one."""
    held: list[Hunk] = []
    for each in found:
        if held and each.old - held[-1].old_end > 2 * context:
            yield held
            held = []
        held.append(each)
    if held:
        yield held


def _hunk(old: list[str], new: list[str], group: list[Hunk], context: int) -> TextHunk:
    first, last = group[0], group[-1]
    start = max(0, first.old - context)
    end = min(len(old), last.old_end + context)
    runs: list[Run] = []
    at = start
    for each in group:
        runs += _equal(old[at : each.old])
        runs += word_runs("".join(old[each.old : each.old_end]), "".join(new[each.new : each.new_end]))
        at = each.old_end
    runs += _equal(old[at:end])
    other, other_end = first.new - (first.old - start), last.new_end + (end - last.old_end)
    return TextHunk(start + 1, end - start, other + 1, other_end - other, tuple(_joined(runs)))


def _equal(lines: list[str]) -> list[Run]:
    return [Run("equal", "".join(lines))] if lines else []


def word_runs(before: str, after: str) -> list[Run]:
    """Two pieces of text, compared by words."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[tuple[bool, str, str]] = []
    at = other = shared = 0
    for each in matches(old, new):
        pieces.append((False, "".join(old[at : each.old]), "".join(new[other : each.new])))
        at, other = each.old + each.size, each.new + each.size
        same = "".join(old[each.old : at])
        shared += len("".join(same.split()))
        pieces.append((True, same, same))
    pieces.append((False, "".join(old[at:]), "".join(new[other:])))
    if shared < _ALIKE * min(len("".join(before.split())), len("".join(after.split()))):
        pieces = [(False, before, after)]
    return list(_joined(_runs(pieces)))


def _runs(pieces: Sequence[tuple[bool, str, str]]) -> Iterator[Run]:
    """Equal pieces of no word between two changes belong to these: they only chop them up."""
    old = new = ""
    for index, (is_equal, before, after) in enumerate(pieces):
        if is_equal and not (0 < index < len(pieces) - 1 and _is_glue(pieces, index)):
            yield from _changed(old, new)
            yield Run("equal", before)
            old = new = ""
        else:
            old, new = old + before, new + after
    yield from _changed(old, new)


def _is_glue(pieces: Sequence[tuple[bool, str, str]], index: int) -> bool:
    _, same, _ = pieces[index]
    is_between = all(any(pieces[each][1:]) for each in (index - 1, index + 1))
    return is_between and re.search(r"\w", same) is None and "\n\n" not in same


def _changed(old: str, new: str) -> Iterator[Run]:
    if old:
        yield Run("delete", old)
    if new:
        yield Run("insert", new)


def _joined(runs: Sequence[Run] | Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one kind become one run."""
    held: Run | None = None
    for each in runs:
        if held is not None and held.kind == each.kind:
            held = Run(held.kind, held.text + each.text)
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held
