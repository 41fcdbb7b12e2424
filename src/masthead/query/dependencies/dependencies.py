"""What an answer depends on: whoever keeps it must let go of it when one of these is touched."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.query.selection import Condition


@dataclass(frozen=True, slots=True)
class Match:
    """Entries of `type` for which `condition` holds before or after a change, whichever; None: all of them.
    The condition's arguments are values, none of them a variable."""

    type: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Of one answer: the entries that it shows by id, the lists, counts and searches that it was made of, and
    public addresses. An answer that depends on nothing never changes."""

    entries: frozenset[UUID] = frozenset()
    matches: tuple[Match, ...] = ()
    paths: frozenset[str] = frozenset()

    def __or__(self, other: "Dependencies") -> "Dependencies":
        matches = dict.fromkeys((*self.matches, *other.matches))
        return Dependencies(self.entries | other.entries, tuple(matches), self.paths | other.paths)


def depends_on_all_of(types: Any) -> Dependencies:
    """On whatever happens to entries of the types."""
    return Dependencies(matches=tuple(Match(each) for each in sorted(types)))
