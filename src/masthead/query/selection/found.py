"""What a search over several types finds."""

from dataclasses import dataclass

from masthead.query.selection.argument import Argument
from masthead.query.selection.member import Members


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of several types that fit a search, best first; `types` are those to search in. `size`
    and `offset` are numbers of the plan."""

    text: Argument
    types: tuple[str, ...]
    size: int = 20
    offset: int = 0
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, each with its rank and snippet; only inside Found."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """The entry that fits; only inside Hits."""

    variants: tuple[tuple[str, Members], ...] = ()
