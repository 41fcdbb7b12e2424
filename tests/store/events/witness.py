"""The oracle of the events' order: what was written, against what a subscriber saw. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Written:
    """An event that has committed: the `version` that it made its entry. Versions of an entry count up."""

    tag: str
    entry: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a subscriber got wrong. `strange`: events that never committed. All but `duplicates` must be 0,
    and those, too, where effects are exactly once."""

    lost: int
    inverted: int
    duplicates: int
    strange: int

    @property
    def is_right(self) -> bool:
        """Whether everything came, in order, whether or not once."""
        return not (self.lost or self.inverted or self.strange)


def judge(written: Iterable[Written], seen: Sequence[str]) -> Verdict:
    """`seen` are tags in the order in which a subscriber got them. Of what it got twice the first counts."""
    truth = {each.tag: each for each in written}
    first = list(dict.fromkeys(seen))
    versions: dict[UUID, list[int]] = {}
    for tag in first:
        if (each := truth.get(tag)) is not None:
            versions.setdefault(each.entry, []).append(each.version)
    return Verdict(
        lost=len(truth.keys() - set(first)),
        inverted=sum(later < earlier for each in versions.values() for earlier, later in pairwise(each)),
        duplicates=len(seen) - len(first),
        strange=len(set(first) - truth.keys()),
    )
