"""A page of entries: how it is cut and sorted, and what is said of it."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.argument import Argument
from masthead.query.selection.condition import Condition
from masthead.query.selection.member import Members
from masthead.query.selection.source import Source


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of an order. `through` are the to-one references that lead to the type which has it;
    `nulls_first` None is PostgreSQL's own place: last ascending, first descending."""

    field: str
    is_descending: bool = False
    nulls_first: bool | None = None
    through: tuple[str, ...] = ()


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
class PagePart:
    """One value of PageInfo. `next` and `previous` are the cursors to turn the page with: `end` and `start`,
    and null where nothing lies beyond."""

    name: Literal["has_next", "has_previous", "start", "end", "next", "previous"]


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
class Rank:
    """How well the entry fits the connection's search: a float, higher is better; null without a search.
    Only inside Edges."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where the search's words stand in the entry: HTML, escaped but for `<mark>`; null without a search.
    Only inside Edges."""
