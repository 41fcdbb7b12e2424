"""Objects of an answer, whose members are values, which may be objects: what is recursive stands together."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.argument import Argument
from masthead.query.selection.condition import Condition
from masthead.query.selection.cut import Bookmark, GroupBy, Sort
from masthead.query.selection.leaf import Leaf
from masthead.query.selection.source import Source


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an object in the answer."""

    key: str
    value: "Value"


Members = tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class MarkdownObject:
    """A Markdown field: its source and what was rendered from it."""

    field: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Headings:
    """The table of contents; only inside a MarkdownObject."""

    members: Members = ()


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
class Connection:
    """A page of entries: the first `size` between the two cursors, or the last ones. `size` and `offset`
    (rows skipped before the page, or behind it from the end) are numbers of the plan, not parameters
    (trap: LIMIT $1).

    An empty `order` is the content type's own, or rank where there is a `search`.
    """

    source: Source
    size: int = 20
    is_from_end: bool = False
    offset: int = 0
    after: Bookmark | None = None
    before: Bookmark | None = None
    where: Condition | None = None
    search: Argument | None = None
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
class Measures:
    """One function over the values of fields, of which each member is a Measure; only inside an Aggregate
    or Groups. Nulls take no part; without a value the answer is null."""

    function: Literal["min", "max", "sum", "avg"]
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What all entries of the connection, on all its pages, come to; only inside a Connection."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class GroupKeys:
    """The key of a group; only inside Groups."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """The connection's entries, on all its pages, in groups of equal keys; only inside a Connection.

    Sorted by key (nulls last), or by count and then by key. `size` is a number of the plan.
    """

    by: tuple[GroupBy, ...]
    size: int = 100
    order: Literal["key", "count"] = "key"
    is_descending: bool = False
    members: Members = ()


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


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The entry of an edge; only inside Edges."""

    members: Members = ()


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


@dataclass(frozen=True, slots=True)
class AnyEntries:
    """The entries with these ids, in their order, null for each that is not there. More than `most` ids
    are refused."""

    ids: Argument
    most: int
    variants: tuple[tuple[str, Members], ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """A list of blocks, in its order; the members to give for each type of block."""

    field: str
    variants: tuple[tuple[str, Members], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredRow:
    """A row of the platform's, which only editors read: what is registered of an entry ("entry"), a revision
    or an account that another row leads to; at the root the release whose id `key` is. `query.registry` has
    the relations."""

    relation: str
    members: Members = ()
    key: Argument | None = None


@dataclass(frozen=True, slots=True)
class RegisteredRows:
    """Rows that belong to another: revisions, schedules, items; at the root releases. The first `size`, of
    those whose number or id is less than `below`."""

    relation: str
    size: int = 20
    below: Argument | None = None
    members: Members = ()


@dataclass(frozen=True, slots=True)
class RegisteredEntry:
    """The entry that an item of a release is about; null where it may not be seen."""

    variants: tuple[tuple[str, Members], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """An object at the root of an answer that is there whatever the tables hold; its members are those of
    an operation. It says what a command did."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """A list of them."""

    frames: tuple[Frame, ...] = ()


Object = (
    MarkdownObject
    | Headings
    | One
    | Many
    | Connection
    | Nodes
    | Edges
    | PageInfo
    | EdgeNode
    | Lookup
    | Only
    | Aggregate
    | Measures
    | Groups
    | GroupKeys
    | Found
    | Hits
    | RegisteredRow
    | RegisteredRows
)
"""Values that are objects, or arrays of them, with members of one type."""


Value = Object | FoundEntry | AnyEntry | AnyEntries | Blocks | RegisteredEntry | Frame | Frames | Leaf


@dataclass(frozen=True, slots=True)
class Selection:
    """One operation: the members of its answer."""

    members: Members
