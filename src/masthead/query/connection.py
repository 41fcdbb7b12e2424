"""A connection: its entries, edges, page info and count, each only when it is selected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from masthead.kernel import InputError, Place
from masthead.query.aggregate import RowsWith, Scan
from masthead.query.answer import Framed, Hole, Listed, Skeleton
from masthead.query.cursor import cursor_sql
from masthead.query.groups import write_groups
from masthead.query.joined import with_keys
from masthead.query.order import Order, order_of
from masthead.query.page import Mark, Page
from masthead.query.page_info import Turning, reads_page, shown_order
from masthead.query.rows import Rows, rows_of
from masthead.query.scope import Scope
from masthead.query.search import RANK, Search, search_of
from masthead.query.selection import (
    Aggregate,
    Archived,
    Bookmark,
    Connection,
    EdgeCursor,
    EdgeNode,
    Edges,
    Groups,
    Member,
    Members,
    Nodes,
    PageInfo,
    Rank,
    Snippet,
    TotalCount,
    TypeName,
)
from masthead.query.sketch import Sketch
from masthead.query.sql import Column, is_row, json_array, json_object, json_rows, literal
from masthead.store import SEARCH

WriteMembers = Callable[[Scope, Members], list[Column]]


def write_connection(
    sketch: Sketch, connection: Connection, parent: Scope, path: tuple[str, ...], write: WriteMembers
) -> str:
    """The expression of a connection's object. `write` makes the columns of an entry's members."""
    return _writer(sketch, connection, parent, path, write).write(connection.members)


def frame_connection(
    sketch: Sketch, connection: Connection, path: tuple[str, ...], write: WriteMembers
) -> Skeleton:
    """A connection at the root of an answer."""
    return _writer(sketch, connection, None, path, write).frame(connection.members)


def _writer(
    sketch: Sketch, connection: Connection, parent: Scope | None, path: tuple[str, ...], write: WriteMembers
) -> "_Writer":
    content_type = sketch.model[connection.source.type]
    if connection.search is not None and isinstance(connection.source, Archived):
        raise InputError(
            "search-unknown",
            "No search finds what is archived.",
            "Leave the search out, and filter by a field with `contains`.",
            Place(path=".".join(path)),
        )
    search = search_of(sketch, content_type, connection.search, path)
    order = order_of(sketch, content_type, connection.order)
    if search is not None and not connection.order:
        order = search.order()

    def all_with(columns: Iterable[str]) -> Rows:
        needed = [*columns, *([SEARCH] if search else [])]
        found = rows_of(sketch, connection.source, parent, needed, connection.where, path)
        return search.rows(found) if search else found

    rows = all_with(key.needed for key in order.keys)
    scan = Scan(sketch, content_type, sketch.alias("a"))

    def rows_with(columns: Iterable[str]) -> Rows:
        columns = [*columns]
        return rows if rows.has(columns) else all_with(columns)

    page = _page(sketch, connection, with_keys(sketch, rows, order), order, path)
    return _Writer(sketch, connection, page, path, write, scan, rows_with, search)


def _page(sketch: Sketch, connection: Connection, rows: Rows, order: Order, path: tuple[str, ...]) -> Page:
    """From the end it is walked backwards, from `before` to `after`."""

    def mark(bookmark: Bookmark | None, name: str) -> Mark | None:
        return None if bookmark is None else Mark(sketch, bookmark, order, (*path, name))

    after, before = mark(connection.after, "after"), mark(connection.before, "before")
    if connection.is_from_end:
        return Page(rows, order.reversed(), before, after, connection.offset)
    return Page(rows, order, after, before, connection.offset)


@dataclass(slots=True)
class _Writer:
    """Writes one connection. Entries come straight from the page when nothing else needs it; otherwise
    the page is read once, with one row more to tell whether there is a next."""

    sketch: Sketch
    connection: Connection
    page: Page
    path: tuple[str, ...]
    write_members: WriteMembers
    scan: Scan
    rows_with: RowsWith
    search: Search | None
    shared: str = ""
    columns: dict[str, None] = field(default_factory=dict)

    def write(self, members: Members) -> str:
        """The expression of the connection's object."""
        self._share(members)
        written = [(member.key, self._member(member)) for member in members]
        common = f"WITH {self._common()} " if self.shared else ""
        self._settle()
        return json_object(written, self.scan.source(self.rows_with), common=common)

    def frame(self, members: Members) -> Skeleton:
        """The same at the root of an answer, where the object itself need not be made of JSON."""
        if not all(isinstance(member.value, Nodes | Edges | PageInfo | TypeName) for member in members):
            return Hole(self.write(members))
        self._share(members)
        written = tuple((member.key, self._hole(member)) for member in members)
        common = (self._common(),) if self.shared else ()
        self._settle()
        return Framed(written, common)

    def _settle(self) -> None:
        for mark in (self.page.start, self.page.stop):
            if mark is not None:
                mark.settle()

    def _hole(self, member: Member) -> Skeleton:
        match member.value:
            case Nodes() | Edges():
                columns, source = self._rows(member)
                array = json_array(columns, source)
                return Listed(json_rows(columns, source), array) if is_row(columns) else Hole(array)
            case TypeName(name=name):
                return f'"{name}"'.encode()
            case _:
                return Hole(self._member(member))

    def _share(self, members: Members) -> None:
        readers = [
            member
            for member in members
            if isinstance(member.value, Nodes | Edges)
            or (
                isinstance(member.value, PageInfo)
                and reads_page(member.value.members, is_from_end=self.connection.is_from_end)
            )
        ]
        if len(readers) > 1 or any(isinstance(member.value, PageInfo) for member in readers):
            self.shared = self.sketch.alias("p")

    def _common(self) -> str:
        return f"{self.shared} AS MATERIALIZED ({self.page.select(self.columns, self.connection.size + 1)})"

    def _member(self, member: Member) -> str:
        path = (*self.path, member.key)
        match member.value:
            case Nodes() | Edges():
                return json_array(*self._rows(member))
            case PageInfo() as info:
                connection = self.connection
                turning = Turning(self.page, connection.is_from_end, connection.size, self.shared)
                return turning.write(info)
            case TotalCount():
                return self.scan.count()
            case Aggregate() as aggregate:
                return self.scan.write(aggregate)
            case Groups() as groups:
                own = Scan(self.sketch, self.scan.content_type, self.sketch.alias("g"))
                return write_groups(own, groups, self.rows_with, path)
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{member.value} is not a member of a connection")

    def _rows(self, member: Member) -> tuple[list[Column], str]:
        """The columns of each entry's object, and where its row comes from."""
        scope = self._entry((*self.path, member.key))
        match member.value:
            case Nodes(members=members):
                return self.write_members(scope, members), self._source(scope)
            case Edges(members=members):
                written = [(each.key, self._edge(each, scope)) for each in members]
                return written, self._source(scope)
            case _:
                raise AssertionError(f"{member.value} has no rows")

    def _entry(self, path: tuple[str, ...]) -> Scope:
        rows = self.page.rows
        alias = self.sketch.alias("t", path)
        return Scope(self.sketch, rows.content_type, alias, path, is_archived=rows.is_archived)

    def _source(self, scope: Scope) -> str:
        """FROM the page, once the members have said which columns they need of it."""
        rows, shown = self.page.rows, shown_order(self.page, is_from_end=self.connection.is_from_end)
        if rows.has(scope.columns):
            by = self.page.by_name(scope.alias, shown)
            return f"FROM ({self._read(scope.columns)}) {scope.alias} {by}"
        narrow = self.sketch.alias("k")
        table = self.sketch.table(rows.content_type)
        joined = f'JOIN {table} {scope.alias} ON {scope.alias}."id" = {narrow}."id"'
        return f"FROM ({self._read({})}) {narrow} {joined} {self.page.by_name(narrow, shown)}"

    def _read(self, columns: dict[str, None]) -> str:
        size = self.connection.size
        if not self.shared:
            return self.page.select(columns, size)
        self.columns.update(columns)
        return f"SELECT * FROM {self.shared} {self.page.by_name()} LIMIT {size}"

    def _edge(self, member: Member, scope: Scope) -> str:
        match member.value:
            case EdgeNode(members=members):
                scope_of_node = replace(scope, path=(*scope.path, member.key))
                return json_object(self.write_members(scope_of_node, members))
            case EdgeCursor():
                order = self.page.order
                return cursor_sql(order, [scope.physical(key.name) for key in order.keys])
            case Rank():
                return scope.physical(RANK.name) if self.search else "NULL::float8"
            case Snippet():
                return self.search.snippet(scope) if self.search else "NULL::text"
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{member.value} is not a member of an edge")
