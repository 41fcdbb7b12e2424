"""Values that have no members: of an entry, of a page, of a group."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TypeName:
    """The name of the object's type, known before any row is read."""

    name: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """JSON that was made elsewhere, such as the answer to an introspection."""

    json: bytes


@dataclass(frozen=True, slots=True)
class Scalar:
    """A field that is one value: a system field or one of the model.

    `names` says how the front door calls an enumeration's values: pairs of (stored, called).
    """

    field: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that a function of content.py computes; `names` as in Scalar."""

    field: str
    names: tuple[tuple[str, str], ...] = ()


MarkdownPart = Literal["source", "html", "text", "excerpt", "minutes"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text (or the reading time) of a Markdown field; only inside a MarkdownObject."""

    name: MarkdownPart


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """One value of a heading; only inside Headings."""

    name: Literal["level", "id", "text"]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many entries the connection has on all its pages."""


@dataclass(frozen=True, slots=True)
class EdgeCursor:
    """The cursor of an edge; only inside Edges."""


@dataclass(frozen=True, slots=True)
class Rank:
    """How well the entry fits the connection's search: a float, higher is better; null without a search.
    Only inside Edges."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where the search's words stand in the entry: HTML, escaped but for `<mark>`; null without a search.
    Only inside Edges."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """One value of PageInfo. `next` and `previous` are the cursors to turn the page with: `end` and `start`,
    and null where nothing lies beyond."""

    name: Literal["has_next", "has_previous", "start", "end", "next", "previous"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries there are; only inside an Aggregate or Groups."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One field's value of the Measures around it."""

    field: str


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One value of the key of a group, by the field's name; only inside GroupKeys."""

    field: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredValue:
    """One value of a row of the platform's; only inside the three below."""

    name: str


Leaf = (
    TypeName
    | Embedded
    | Scalar
    | Computed
    | Part
    | HeadingPart
    | TotalCount
    | EdgeCursor
    | Rank
    | Snippet
    | PagePart
    | Count
    | Measure
    | GroupKey
    | RegisteredValue
)
"""Values that have no members."""
