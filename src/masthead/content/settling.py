"""Who gets an address that several files want, and which files cannot become entries after all.

Pure. A file that is refused keeps the entry of its last good version, whose claims then count; so the
decision is repeated until nothing changes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from masthead.content.facts import Facts
from masthead.content.reading import Reading
from masthead.content.report import Problem
from masthead.kernel import Place

Check = Callable[[], Iterable[tuple[str, Problem]]]


@dataclass(slots=True)
class Settlement:
    """Facts in force by path; the readings that become entries; why others do not."""

    facts: dict[str, Facts]
    readings: dict[str, Reading]
    before: Mapping[str, Facts]
    """What is in force where a reading is refused."""
    foreign: Collection[tuple[str, str]] = ()
    """Claims of entries that do not come from this folder."""
    gone: dict[str, Facts] = field(default_factory=dict)
    """Files whose entries are to be archived; one that is refused stays."""
    problems: list[Problem] = field(default_factory=list)

    def settle(self, check: Check) -> None:
        """Refuse readings until no two files claim the same and `check` has nothing to object."""
        while refused := [*self._conflicts()] or [*check()]:
            left = len(self.readings) + len(self.gone)
            for path, problem in refused:
                self._refuse(path, problem)
            if left == len(self.readings) + len(self.gone):
                return  # objections to what stays as it is

    def refuse_wrong(self) -> None:
        """Refuse the readings that have problems of their own."""
        for path, reading in list(self.readings.items()):
            if reading.problems:
                self.problems += reading.problems[1:]
                self._refuse(path, reading.problems[0])

    def _refuse(self, path: str, problem: Problem) -> None:
        if self.readings.pop(path, None) is None and self.gone.pop(path, None) is None:
            return
        self.problems.append(problem)
        if path in self.before:
            self.facts[path] = self.before[path]
        else:
            self.facts.pop(path, None)

    def _conflicts(self) -> Iterable[tuple[str, Problem]]:
        for claim, paths in self._claims().items():
            if claim in self.foreign:
                for path in paths:
                    if path in self.readings:
                        yield path, self._duplicate(path, "an entry that is not of this folder", claim)
            elif len(paths) > 1:
                winner = min(paths, key=lambda path: (self._rank(path, claim), path))
                for path in paths:
                    if path != winner and path in self.readings:
                        yield path, self._duplicate(path, winner, claim)

    def _claims(self) -> Mapping[tuple[str, str], list[str]]:
        claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, facts in self.facts.items():
            if facts.slug is not None:
                claims[facts.type_name, facts.slug].append(path)
            if facts.address is not None:
                claims["", facts.address].append(path)
        return claims

    def _rank(self, path: str, claim: tuple[str, str]) -> int:
        """Who cannot give way comes first, then who had it before, then newcomers."""
        if path not in self.readings:
            return 0
        before = self.before.get(path)
        had = before is not None and claim in (
            (before.type_name, before.slug),
            ("", before.address),
        )
        return 1 if had else 2

    def _duplicate(self, path: str, winner: str, claim: tuple[str, str]) -> Problem:
        place = self.readings[path].places.get("slug", Place(path, 1, 1))
        what = f'The slug "{claim[1]}"' if claim[0] else f"The address {claim[1]}"
        return Problem(
            "slug-duplicate",
            f"{what} is that of {winner} already.",
            "Give this file another one: `slug: …` in its front matter.",
            place,
        )
