"""What is wanted, in the words of no protocol: every front door lowers to a Selection, the planner reads it.

An answer is an object of members; a member is a response key and a value; a value that is an object
has members of its own. Names of content types and fields are the ContentModel's.
"""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Given:
    """An argument whose value stands in the document: equal documents have equal values."""

    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """An argument whose value comes with each request, under this name."""

    name: str


Argument = Given | Variable


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an object in the answer."""

    key: str
    value: "Value"


Members = tuple[Member, ...]


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
class MarkdownObject:
    """A Markdown field: its source and what was rendered from it."""

    field: str
    members: Members = ()


MarkdownPart = Literal["source", "html", "text", "excerpt", "minutes"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text (or the reading time) of a Markdown field; only inside a MarkdownObject."""

    name: MarkdownPart


@dataclass(frozen=True, slots=True)
class Headings:
    """The table of contents; only inside a MarkdownObject."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """One value of a heading; only inside Headings."""

    name: Literal["level", "id", "text"]


@dataclass(frozen=True, slots=True)
class One:
    """The entry that a reference leads to."""

    field: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Many:
    """The entries of an ordered list of references, in its order."""

    field: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """All entries of a content type."""

    type: str


@dataclass(frozen=True, slots=True)
class Referrers:
    """The entries of `type` whose `field` refers to the parent."""

    type: str
    field: str


Source = Everything | Referrers


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of an order."""

    field: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """Where a page begins: behind a cursor. `nulls` says which of its values are null, because that
    decides the SQL, while the values themselves are parameters."""

    cursor: Argument
    nulls: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of entries. `first` is a number of the plan, not a parameter (trap: LIMIT $1).

    An empty `order` is the content type's own.
    """

    source: Source
    first: int = 20
    after: After | None = None
    order: tuple[Sort, ...] = ()
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Nodes:
    """The entries of a page; only inside a Connection, as the next four are."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """The entries of a page, each with its cursor."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What a client needs to turn the page."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many entries the connection has on all its pages."""


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The entry of an edge; only inside Edges."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class EdgeCursor:
    """The cursor of an edge; only inside Edges."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """One value of PageInfo."""

    name: Literal["has_next", "has_previous", "start", "end"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """The entry of `type` whose unique `field` has the given value."""

    type: str
    field: str
    value: Argument
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Only:
    """The one entry of a singleton."""

    type: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class AnyEntry:
    """The entry with this id, whatever its content type; the members to give for each type."""

    id: Argument
    variants: tuple[tuple[str, Members], ...] = ()


Object = (
    MarkdownObject | Headings | One | Many | Connection | Nodes | Edges | PageInfo | EdgeNode | Lookup | Only
)
"""Values that are objects, or arrays of them, with members of one type."""

Value = (
    TypeName
    | Embedded
    | Scalar
    | MarkdownObject
    | Part
    | Headings
    | HeadingPart
    | One
    | Many
    | Connection
    | Nodes
    | Edges
    | PageInfo
    | TotalCount
    | EdgeNode
    | EdgeCursor
    | PagePart
    | Lookup
    | Only
    | AnyEntry
)


@dataclass(frozen=True, slots=True)
class Selection:
    """One operation: the members of its answer."""

    members: Members
