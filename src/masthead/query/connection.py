"""A connection: its entries, edges, page info and count, each only when it is selected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from masthead.query.aggregate import RowsWith, Scan
from masthead.query.answer import Framed, Hole, Listed, Skeleton
from masthead.query.cursor import cursor_sql
from masthead.query.groups import write_groups
from masthead.query.keyset import is_after
from masthead.query.order import Order, order_of
from masthead.query.plan import check_cursor, read_cursor
from masthead.query.rows import Page, Rows, rows_of
from masthead.query.scope import Scope, Sketch
from masthead.query.search import RANK, Search, search_of
from masthead.query.selection import (
    Aggregate,
    Connection,
    EdgeCursor,
    EdgeNode,
    Edges,
    Groups,
    Member,
    Members,
    Nodes,
    PageInfo,
    PagePart,
    Rank,
    Snippet,
    TotalCount,
    TypeName,
)
from masthead.query.sql import Column, json_array, json_object, json_rows, literal, quote
from masthead.store import SEARCH

WriteMembers = Callable[[Scope, Members], list[Column]]

_TYPES = {
    "text": "text",
    "slug": "text",
    "integer": "bigint",
    "float": "float8",
    "decimal": "numeric",
    "date": "text::date",
    "datetime": "text::timestamptz",
}
"""As what a cursor's value is sent. The driver would send the first and last date as infinity."""


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
    search = search_of(sketch, content_type, connection.search, path)
    order = order_of(content_type, connection.order, sketch.stage)
    if search is not None and not connection.order:
        order = search.order()

    def all_with(columns: Iterable[str]) -> Rows:
        needed = [*columns, *([SEARCH] if search else [])]
        found = rows_of(sketch, connection.source, parent, needed, connection.where, path)
        return search.rows(found) if search else found

    rows = all_with(key.column.name for key in order.keys)
    parameters = _bind(sketch, connection, order, path)
    scan = Scan(sketch, content_type, sketch.alias("a"))

    def rows_with(columns: Iterable[str]) -> Rows:
        columns = [*columns]
        return rows if rows.has(columns) else all_with(columns)

    page = Page(rows, order, parameters)
    return _Writer(sketch, connection.size, page, path, write, scan, rows_with, search)


def _bind(
    sketch: Sketch, connection: Connection, order: Order, path: tuple[str, ...]
) -> tuple[str | None, ...] | None:
    """Parameters for the cursor's values, None for each that is null; None without a cursor."""
    after, path = connection.after, (*path, "after")
    if after is None:
        return None
    if not any(_reads_cursor(member) for member in connection.members):
        # Nothing reads the page, but a broken cursor is refused all the same.
        sketch.bind(after.cursor, check_cursor(order), (), path)
        return None
    types = [
        _TYPES[key.column.kind.kind] if key.column.kind else "uuid"
        for key, is_null in zip(order.keys, after.nulls, strict=False)
        if not is_null
    ]
    given = iter(sketch.bind(after.cursor, read_cursor(order), types, path))
    # A cursor of another length belongs to another order: reading it says so before the SQL runs.
    nulls = (*after.nulls, *[True] * len(order.keys))[: len(order.keys)]
    return tuple(None if is_null else next(given) for is_null in nulls)


@dataclass(slots=True)
class _Writer:
    """Writes one connection. Entries come straight from the page when nothing else needs it; otherwise
    the page is read once, with one row more to tell whether there is a next."""

    sketch: Sketch
    first: int
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
        return json_object(written, self.scan.source(self.rows_with), common=common)

    def frame(self, members: Members) -> Skeleton:
        """The same at the root of an answer, where the object itself need not be made of JSON."""
        if not all(isinstance(member.value, Nodes | Edges | PageInfo | TypeName) for member in members):
            return Hole(self.write(members))
        self._share(members)
        written = tuple((member.key, self._hole(member)) for member in members)
        return Framed(written, (self._common(),) if self.shared else ())

    def _hole(self, member: Member) -> Skeleton:
        match member.value:
            case Nodes() | Edges():
                columns, source = self._rows(member)
                return Listed(json_rows(columns, source), json_array(columns, source))
            case TypeName(name=name):
                return f'"{name}"'.encode()
            case _:
                return Hole(self._member(member))

    def _share(self, members: Members) -> None:
        readers = [
            member
            for member in members
            if isinstance(member.value, Nodes | Edges)
            or (isinstance(member.value, PageInfo) and _reads_page(member.value))
        ]
        if len(readers) > 1 or any(isinstance(member.value, PageInfo) for member in readers):
            self.shared = self.sketch.alias("p")

    def _common(self) -> str:
        return f"{self.shared} AS MATERIALIZED ({self.page.select(self.columns, self.first + 1)})"

    def _member(self, member: Member) -> str:
        path = (*self.path, member.key)
        match member.value:
            case Nodes() | Edges():
                return json_array(*self._rows(member))
            case PageInfo(members=members):
                return json_object([(each.key, self._page_info(each)) for each in members])
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
        return Scope(self.sketch, self.page.rows.content_type, self.sketch.alias("t"), path)

    def _source(self, scope: Scope) -> str:
        """FROM the page, once the members have said which columns they need of it."""
        rows: Rows = self.page.rows
        if rows.has(scope.columns):
            return f"FROM ({self._read(scope.columns)}) {scope.alias} {self.page.by_name(scope.alias)}"
        narrow = self.sketch.alias("k")
        table = self.sketch.table(rows.content_type)
        joined = f'JOIN {table} {scope.alias} ON {scope.alias}."id" = {narrow}."id"'
        return f"FROM ({self._read({})}) {narrow} {joined} {self.page.by_name(narrow)}"

    def _read(self, columns: dict[str, None]) -> str:
        if not self.shared:
            return self.page.select(columns, self.first)
        self.columns.update(columns)
        return f"SELECT * FROM {self.shared} {self.page.by_name()} LIMIT {self.first}"

    def _edge(self, member: Member, scope: Scope) -> str:
        match member.value:
            case EdgeNode(members=members):
                scope_of_node = Scope(
                    scope.sketch, scope.content_type, scope.alias, (*scope.path, member.key), scope.columns
                )
                return json_object(self.write_members(scope_of_node, members))
            case EdgeCursor():
                return cursor_sql(
                    self.page.order, [scope.physical(key.column.name) for key in self.page.order.keys]
                )
            case Rank():
                return scope.physical(RANK.name) if self.search else "NULL::float8"
            case Snippet():
                return self.search.snippet(scope) if self.search else "NULL::text"
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{member.value} is not a member of an edge")

    def _page_info(self, member: Member) -> str:
        match member.value:
            case PagePart(name=name):
                return self._page_part(name)
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{member.value} is not a member of page info")

    def _page_part(self, name: str) -> str:
        match name:
            case "has_next":
                return f"(SELECT count(*) > {self.first} FROM {self.shared})"
            case "has_previous":
                return self._has_previous()
            case "start":
                return self._end_cursor(self.page.by_name(), min(self.first, 1))
            case "end":
                return self._end_cursor(self.page.by_name(order=self.page.order.reversed()), self.first)
            case "next":
                return f"CASE WHEN {self._page_part('has_next')} THEN {self._page_part('end')} END"
            case "previous":
                return f"CASE WHEN {self._page_part('has_previous')} THEN {self._page_part('start')} END"
            case _:
                raise AssertionError(f"{name} is not a part of page info")

    def _end_cursor(self, order_by: str, limit: int) -> str:
        keys = [f"e$.{quote(key.column.name)}" for key in self.page.order.keys]
        rows = f"SELECT * FROM {self.shared} {self.page.by_name()} LIMIT {limit}"
        return f"(SELECT {cursor_sql(self.page.order, keys)} FROM ({rows}) e$ {order_by} LIMIT 1)"

    def _has_previous(self) -> str:
        """Whether the very first row lies before the page: one step into the index."""
        if self.page.parameters is None:
            return "false"
        keys = [f"f$.{quote(key.column.name)}" for key in self.page.order.keys]
        behind = is_after(self.page.bounds(keys))
        first = replace(self.page, parameters=None).select((), 1)
        return f"coalesce((SELECT NOT ({behind}) FROM ({first}) f$), false)"


def _reads_cursor(member: Member) -> bool:
    if isinstance(member.value, PageInfo):
        return any(isinstance(part.value, PagePart) for part in member.value.members)
    return isinstance(member.value, Nodes | Edges)


def _reads_page(info: PageInfo) -> bool:
    return any(
        isinstance(member.value, PagePart) and member.value.name != "has_previous" for member in info.members
    )
