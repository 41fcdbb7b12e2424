"""What an answer depends on: whoever keeps it must let go of it when one of these is touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from masthead.query.dependencies.span import Span
from masthead.query.selection import Condition


@dataclass(frozen=True, slots=True)
class Match:
    """Entries of `type` for which `condition` holds before or after a change, whichever; None: all of them.

    The condition is about the entry's own row alone: its fields are physical columns, its values Givens that
    can be hashed (a list is a tuple). With `columns` an entry counts only when it appears, goes, or is other
    in one of these: a list sorted by date does not change when a title does. None: however it changed.

    With a `span` it is about entries that stay: one counts that has or had its place within the span, or goes
    from one side of it to the other. What comes and what goes is another Match.
    """

    type: str
    condition: Condition | None = None
    columns: frozenset[str] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Of one answer: the entries that it shows by id, the lists, counts and searches that it was made of, and
    public addresses. An answer that depends on nothing never changes. `types` are those that `entries` may be
    of, for changes of which nothing else is known; without any they may be of every type."""

    entries: frozenset[UUID] = frozenset()
    matches: tuple[Match, ...] = ()
    paths: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()

    def __or__(self, other: "Dependencies") -> "Dependencies":
        matches = tuple(dict.fromkeys((*self.matches, *other.matches)))
        types = self.types | other.types
        if any(each.entries and not each.types for each in (self, other)):
            types = frozenset()
        return Dependencies(self.entries | other.entries, matches, self.paths | other.paths, types)


def depends_on_all_of(types: Iterable[str]) -> Dependencies:
    """On whatever happens to entries of the types."""
    return Dependencies(matches=tuple(Match(each) for each in sorted(types)))
