"""A place that both sides changed, each otherwise."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """`count` lines from `first` on, counted from 1. With a count of 0: the place before `first`."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class ClashLines:
    """Where the lines of a clash stand in each version of the text, and in what was merged (which holds
    theirs there)."""

    base: Span
    theirs: Span
    yours: Span
    merged: Span


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both sides changed, each otherwise: values as JSON, null for what is not there.

    `path` is a field's ("title"), a block's ("sections.2"), a block's field's ("sections.2.text") or a JSON
    object's key's ("data.price.net"). The numbers of blocks are those of the merged fields. In a text the
    values are the `lines` that clash, without the others.
    """

    path: str
    base: Any
    theirs: Any
    yours: Any
    lines: ClashLines | None = None

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it; a span is a pair."""
        found = {"path": self.path, "base": self.base, "theirs": self.theirs, "yours": self.yours}
        if self.lines is None:
            return found
        spans = asdict(self.lines).items()
        return {**found, "lines": {name: [each["first"], each["count"]] for name, each in spans}}
