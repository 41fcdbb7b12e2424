"""All that a member may have as its value."""

from masthead.query.selection.found import Found, FoundEntry, Hits
from masthead.query.selection.of_entry import (
    Blocks,
    Computed,
    Embedded,
    HeadingPart,
    Headings,
    Many,
    MarkdownObject,
    One,
    Part,
    Scalar,
    TypeName,
)
from masthead.query.selection.pages import (
    Connection,
    EdgeCursor,
    EdgeNode,
    Edges,
    Nodes,
    PageInfo,
    PagePart,
    Rank,
    Snippet,
    TotalCount,
)
from masthead.query.selection.registered import (
    RegisteredEntry,
    RegisteredRow,
    RegisteredRows,
    RegisteredValue,
)
from masthead.query.selection.root import AnyEntries, AnyEntry, Frame, Frames, Lookup, Only
from masthead.query.selection.sums import Aggregate, Count, GroupKey, GroupKeys, Groups, Measure, Measures

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
