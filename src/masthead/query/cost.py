"""What a Selection may cost, estimated before any row is read: rows times what each of them shows.

The unit is one value of one row. Every row costs 1 besides, a whole text costs what PostgreSQL needs to
escape it, and what reads rows that nobody sees (counts, groups, filters, skipped rows) costs a flat sum. A
connection costs its page size times one of its rows, so pages inside pages multiply.
"""

from masthead.query.selection import (
    Aggregate,
    AnyEntries,
    Blocks,
    Connection,
    Edges,
    Found,
    Frames,
    Groups,
    Headings,
    Hits,
    Many,
    Members,
    Nodes,
    Part,
    RegisteredRows,
    Snippet,
    TotalCount,
)

REFERENCES = 5
"""Rows that a list of references or of blocks is taken for: nothing bounds it but its author."""

TEXT = 20
"""A whole text beside one small value: 4 KB take PostgreSQL about 29 µs to escape, a small value 1 to 2."""

SCAN = 100
"""What a connection costs once, for each of: a count, an aggregate, groups, a filter, a search."""

SKIPPED = 10
"""Rows that an `offset` passes over for the price of one value."""

_TEXTS = frozenset({"source", "html", "text"})


def cost_of(members: Members, page_size: int) -> int:
    """The cost of one object with these members. A list of ids is taken for `page_size` rows."""
    return 1 + sum(_value(member.value, page_size) for member in members)


def _value(value: object, page_size: int) -> int:
    match value:
        case Connection():
            return _connection(value, page_size)
        case Part(name=name):
            return TEXT if name in _TEXTS else 1
        case Many() | Headings() | Blocks():
            return 1 + REFERENCES * _inner(value, page_size)
        case AnyEntries():
            return 1 + page_size * _inner(value, page_size)
        case TotalCount() | Aggregate():
            return SCAN + _inner(value, page_size)
        case Snippet():
            return TEXT
        case Found(types=types, size=size, offset=offset, members=members):
            cost = 1 + SCAN * len(types) + offset // SKIPPED
            for member in members:
                each = _value(member.value, page_size)
                cost += each * size if isinstance(member.value, Hits) else each
            return cost
        case Frames(frames=frames):
            return 1 + sum(cost_of(each.members, page_size) for each in frames)
        case RegisteredRows(size=size):
            return 1 + size * _inner(value, page_size)
        case Groups(size=size):
            return SCAN + size * _inner(value, page_size)
        case _:
            return 1 + _inner(value, page_size)


def _connection(connection: Connection, page_size: int) -> int:
    """Nodes and edges are the page's rows; all else is asked once."""
    cost = 1 + connection.offset // SKIPPED
    cost += SCAN * ((connection.where is not None) + (connection.search is not None))
    for member in connection.members:
        each = _value(member.value, page_size)
        cost += each * connection.size if isinstance(member.value, Nodes | Edges) else each
    return cost


def _inner(value: object, page_size: int) -> int:
    """One object of the value's members; of the dearest variant where its type is not known."""
    members: Members = getattr(value, "members", ())
    variants: tuple[tuple[str, Members], ...] = getattr(value, "variants", ())
    alternatives = [members] if members else [each for _, each in variants]
    return max((cost_of(each, page_size) for each in alternatives), default=0)
