"""Where the rows of a connection come from: a table, or what refers to an entry; and which of them count.

A page of them is read with its LIMIT below the joins and below the JSON: it is found among narrow rows,
in an index where there is one, and only then are its entries made into JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from masthead.model import ContentType, kinds
from masthead.query.filter import Filter, columns_read
from masthead.query.scope import Scope
from masthead.query.selection import Archived, Condition, Everything, Referrers, Source
from masthead.query.sketch import Sketch
from masthead.query.sql import quote


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates: FROM and WHERE, before a cursor and a limit. `own` are the only physical columns that
    these rows have, with their expressions; None for a content table, which has them all. `filter` writes
    the predicate of the connection's filter: when it is first read, because PostgreSQL refuses a parameter
    that its statement does not mention."""

    content_type: ContentType
    origin: str
    alias: str
    condition: str = ""
    own: Mapping[str, str] | None = None
    filter: Callable[[], str] = str
    made: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    is_archived: bool = False

    def expression(self, column: str) -> str:
        """The expression of a physical column, or of one that is made for these rows."""
        if column in self.made:
            return self.made[column]()
        return self.own[column] if self.own is not None else f"{self.alias}.{quote(column)}"

    def has(self, columns: Iterable[str]) -> bool:
        """Whether a page of these rows can carry the columns itself."""
        return self.own is None or set(columns) <= set(self.own)

    def matching(self, *conditions: str) -> str:
        """FROM and WHERE of these rows, those that fulfil the conditions too."""
        return f"FROM {self.origin}{_where(self.condition, self.filter(), *conditions)}"


def rows_of(
    sketch: Sketch,
    source: Source,
    parent: Scope | None,
    needed: Iterable[str],
    where: Condition | None = None,
    path: tuple[str, ...] = (),
) -> Rows:
    """The rows of a connection's source that fulfil `where`; `parent` is the entry that a Referrers refers
    to, `needed` are the physical columns that they must have, `path` is the connection's, for errors."""
    content_type = sketch.model[source.type]
    if isinstance(source, Archived):
        alias = sketch.alias("r", path)
        rows = Rows(content_type, f"{sketch.archived(content_type)} {alias}", alias, is_archived=True)
    elif isinstance(source, Everything) or parent is None:
        alias = sketch.alias("r", path)
        rows = Rows(content_type, f"{sketch.table(content_type)} {alias}", alias)
    else:
        read = columns_read(content_type, where) if where is not None else ()
        rows = _referrers(sketch, content_type, source, parent, {*needed, *read}, path)
    if where is None:
        return rows
    written = Filter(sketch, content_type, rows.expression, path, rows.is_archived)
    return replace(rows, filter=cache(lambda: written.write(where)))


def _referrers(
    sketch: Sketch,
    content_type: ContentType,
    source: Referrers,
    parent: Scope,
    needed: set[str],
    path: tuple[str, ...],
) -> Rows:
    field, target = content_type[source.field], parent.physical("id")
    alias, table = sketch.alias("r", path), sketch.table(content_type)
    if isinstance(field.kind, kinds.Reference):
        column = sketch.reference(content_type, field.column)
        return Rows(content_type, f"{table} {alias}", alias, f"{alias}.{quote(column)} = {target}")
    link = sketch.alias("l", path)
    links = f"{sketch.links(content_type, field)} {link}"
    condition = f'{link}."target" = {target}'
    own = {"id": f'{link}."owner"'}
    if (sort := content_type.order_field) is not None:
        own[sort.column] = f'{link}."sort"'
    if needed <= set(own):
        # The link table holds a copy of the default sort key, so this is one range of its index:
        # 2.8 ms for the newest 20 of a tag among 10 million entries, 287 ms with the join below.
        return Rows(content_type, links, link, condition, own)
    joined = f'{links} JOIN {table} {alias} ON {alias}."id" = {link}."owner"'
    return Rows(content_type, joined, alias, condition)


def _where(*conditions: str) -> str:
    given = [condition for condition in conditions if condition]
    return f" WHERE {' AND '.join(given)}" if given else ""
