"""Answers with what they depend on, and what became of them after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.query.dependencies import Dependencies, DependencyIndex, is_changed, is_touched
from masthead.store import Change, Touch


@dataclass(frozen=True, slots=True)
class Tracked:
    """What was asked, what was answered, and what that depended on."""

    asked: Any
    body: bytes
    dependencies: Dependencies


@dataclass(slots=True)
class Tally:
    """How answers fared: `touched` of those that are `kept`, and how many of those became other."""

    kept: int = 0
    refused: int = 0
    touched: int = 0
    changed: int = 0

    def __str__(self) -> str:
        share = self.changed / self.touched if self.touched else 1.0
        return (
            f"{self.kept} kept and {self.refused} not, {self.touched} touched, "
            f"{self.changed} changed: precision {share:.2f}"
        )


def track(before: Tracked, after: Tracked, touches: Sequence[Touch], tally: Tally) -> None:
    """Fail if the answer is other and a touch of the change does not say so, to what it depended on before
    and to what it depends on now: who kept it between the two has either."""
    tally.kept += 1
    is_other = before.body != after.body
    for each in (before.dependencies, after.dependencies):
        told = any(is_touched(each, touch) for touch in touches)
        whole = Change(1, frozenset(touch.type for touch in touches), None)
        assert told or not is_other, Miss(before, after, touches)
        assert is_changed(each, whole) or not told, Miss(before, after, touches)
        index = DependencyIndex[str]()
        index.add("answer", each)
        for change in (whole, Change(1, whole.types, tuple(touches))):
            assert (index.touched_by(change) == {"answer"}) is is_changed(each, change)
    is_told = any(is_touched(before.dependencies, touch) for touch in touches)
    tally.touched += is_told
    tally.changed += is_other


@dataclass(frozen=True, slots=True)
class Miss:
    """An answer that became other untold."""

    before: Tracked
    after: Tracked
    touches: Sequence[Touch]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"asked {self.before.asked}",
                f"was {self.before.body!r}",
                f"is {self.after.body!r}",
                f"depended on {self.before.dependencies}",
                f"touched {self.touches}",
            ]
        )
