"""What a connection reads of its own rows to know which they are, in which order, and what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.model import ContentType, kinds
from masthead.query.dependencies.reads import Columns, Reads
from masthead.query.dependencies.unknowable import UnknowableError
from masthead.query.dependencies.window import Window, window_of
from masthead.query.selection import (
    Aggregate,
    Connection,
    EdgeCursor,
    EdgeNode,
    Edges,
    Groups,
    Measure,
    Measures,
    Members,
    Nodes,
    PageInfo,
    PagePart,
    TotalCount,
    TypeName,
    Value,
)

_CURSORS = frozenset({"start", "end", "next", "previous"})


@dataclass(frozen=True, slots=True)
class Read:
    """The columns of a connection's rows, as a Match has them, the types whose being seen decides a value,
    and how the page is cut."""

    columns: frozenset[str] | None
    types: frozenset[str]
    window: Window | None


def read_connection(
    reads: Reads, content_type: ContentType, connection: Connection, field: str | None
) -> Read:
    """What it reads. `field` is the reference by which its rows belong to a parent."""
    own, order, types = Columns(), Columns(), set[str]()
    if field is not None:
        own.add(content_type[field].column)
    if connection.where is not None:
        reads.condition(content_type, connection.where, own)
    if connection.search is not None:
        own.is_any = True  # no touch tells which words an entry has
    if connection.order or connection.search is None:
        reads.order(content_type, connection.order, order, is_sent=_sends_cursors(connection.members))
    for name in _values(connection.members):
        reads.value(content_type, name, own)
        if name in content_type and isinstance(kind := content_type[name].kind, kinds.Reference):
            types.add(kind.target)
    decisive = None if order.is_any else order.decisive
    window = None if decisive is None else window_of(content_type, connection, own.decisive, decisive)
    columns = None if own.is_any or order.is_any else frozenset(own.names | order.names)
    return Read(columns, frozenset(types), window)


def rows_shown(members: Members) -> Members | None:
    """All members of the entries that the connection shows; None where it shows none."""
    shown = [each for member in members for each in _entries(member.value)]
    return tuple(each for found in shown for each in found) if shown else None


def _entries(value: Value) -> Iterator[Members]:
    match value:
        case Nodes(members=members):
            yield members
        case Edges(members=members):
            yield from (each.value.members for each in members if isinstance(each.value, EdgeNode))
        case _:
            pass


def _sends_cursors(members: Members) -> bool:
    return any(_is_cursor(each.value) for member in members for each in _inner(member.value))


def _is_cursor(value: Value) -> bool:
    return isinstance(value, EdgeCursor) or (isinstance(value, PagePart) and value.name in _CURSORS)


def _inner(value: Value) -> Members:
    return value.members if isinstance(value, Edges | PageInfo) else ()


def _values(members: Members) -> Iterator[str]:
    """The fields of aggregates and groups."""
    for member in members:
        match member.value:
            case Groups(by=by, members=inner):
                yield from (each.field for each in by)
                yield from _measured(inner)
            case Aggregate(members=inner):
                yield from _measured(inner)
            case Nodes() | Edges() | PageInfo() | TotalCount() | TypeName():
                pass
            case _:
                raise UnknowableError


def _measured(members: Members) -> Iterator[str]:
    for member in members:
        if isinstance(member.value, Measures):
            for each in member.value.members:
                if isinstance(each.value, Measure):
                    yield each.value.field
