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
    """An argument whose value comes with each request: what lies at `path` in the variable `name`, such
    as ("title", "eq") in a filter that is a variable as a whole."""

    name: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """An argument that stands in the document with variables inside: lists and dictionaries, nested, whose
    leaves are arguments, as in `in: [$a, "b"]`. A variable that was not given is null in a list and left
    out of a dictionary, as GraphQL has it."""

    parts: "list[Composed | Given | Variable] | dict[str, Composed | Given | Variable]"


Argument = Given | Variable | Composed


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
class Computed:
    """A field that a function of content.py computes; `names` as in Scalar."""

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


@dataclass(frozen=True, slots=True)
class Archived:
    """All entries of a content type that are archived, which are in no stage; at the root of an answer."""

    type: str


Source = Everything | Referrers | Archived


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of an order. `through` are the to-one references that lead to the type which has it;
    `nulls_first` None is PostgreSQL's own place: last ascending, first descending."""

    field: str
    is_descending: bool = False
    nulls_first: bool | None = None
    through: tuple[str, ...] = ()


Operator = Literal[
    "eq",
    "ne",
    "in",
    "not_in",
    "lt",
    "lte",
    "gt",
    "gte",
    "contains",
    "starts_with",
    "ends_with",
    "eq_insensitive",
    "contains_insensitive",
    "starts_with_insensitive",
    "ends_with_insensitive",
    "has",
    "has_every",
    "has_some",
    "is_empty",
    "is_null",
]
"""What a condition does with a field's value; `query.operators` says which kinds take which."""


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition on a field of the entry. Conditions are true or false, never unknown: a comparison with
    a null is false, `ne` and `not_in` are the exact opposites of `eq` and `in`. The value of `is_null` and
    `is_empty` is a Given(bool); "equals null" is lowered to `is_null`. `place` is where the value stands in
    the request, for errors: ("where", "title", "eq")."""

    field: str
    operator: Operator
    value: Argument
    place: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; true without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds; false without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Leads:
    """The entry that the to-one reference `field` leads to is there, and fulfils the condition."""

    field: str
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """Some, every or none of the related entries fulfil the condition. `relation` is the name of a list of
    references, or the Referrers that refer to this entry. `every` holds where there are none."""

    relation: "str | Referrers"
    quantifier: Literal["some", "every", "none"]
    condition: "Condition"


Condition = Compare | AllOf | AnyOf | Not | Leads | Related
"""Which entries of a connection are wanted."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A cursor, where a page begins or ends. `nulls` says which of its values are null, because that
    decides the SQL, while the values themselves are parameters."""

    cursor: Argument
    nulls: tuple[bool, ...]


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
class TotalCount:
    """How many entries the connection has on all its pages."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries there are; only inside an Aggregate or Groups."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One field's value of the Measures around it."""

    field: str


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


DatePart = Literal["year", "quarter", "month", "week", "day", "hour"]
"""Moments are cut to the beginning of this, in UTC; weeks begin on Monday."""


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A field whose values make groups; `part` only for dates and moments."""

    field: str
    part: DatePart | None = None


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One value of the key of a group, by the field's name; only inside GroupKeys."""

    field: str
    names: tuple[tuple[str, str], ...] = ()


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
class Rank:
    """How well the entry fits the connection's search: a float, higher is better; null without a search.
    Only inside Edges."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where the search's words stand in the entry: HTML, escaped but for `<mark>`; null without a search.
    Only inside Edges."""


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The entry of an edge; only inside Edges."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class EdgeCursor:
    """The cursor of an edge; only inside Edges."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """One value of PageInfo. `next` and `previous` are the cursors to turn the page with: `end` and `start`,
    and null where nothing lies beyond."""

    name: Literal["has_next", "has_previous", "start", "end", "next", "previous"]


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
class RegisteredValue:
    """One value of a row of the platform's; only inside the three below."""

    name: str


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

Value = (
    TypeName
    | Embedded
    | Scalar
    | Computed
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
    | Aggregate
    | Count
    | Measures
    | Measure
    | Groups
    | GroupKeys
    | GroupKey
    | EdgeNode
    | EdgeCursor
    | Rank
    | Found
    | Hits
    | FoundEntry
    | Snippet
    | PagePart
    | Lookup
    | Only
    | AnyEntry
    | AnyEntries
    | Blocks
    | RegisteredValue
    | RegisteredRow
    | RegisteredRows
    | RegisteredEntry
    | Frame
    | Frames
)


@dataclass(frozen=True, slots=True)
class Selection:
    """One operation: the members of its answer."""

    members: Members
