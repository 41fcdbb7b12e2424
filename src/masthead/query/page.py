"""One page of a connection's rows: walked in an order, from one cursor to another, as ranges of an index.

The last entries are the first ones of the reversed order: they are read in that and turned back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from masthead.query.keyset import Bound, is_after, ranges_after
from masthead.query.order import Order
from masthead.query.plan import check_cursor, read_cursor
from masthead.query.rows import Rows
from masthead.query.selection import Bookmark
from masthead.query.sketch import Sketch
from masthead.query.sql import quote

_TYPES = {
    "text": "text",
    "slug": "text",
    "integer": "bigint",
    "float": "float8",
    "decimal": "numeric",
    "boolean": "boolean",
    "date": "text::date",
    "datetime": "text::timestamptz",
}
"""As what a cursor's value is sent. The driver would send the first and last date as infinity."""


@dataclass(slots=True)
class Mark:
    """A cursor. Its values become parameters when they are first read, because PostgreSQL refuses a
    parameter that its statement does not mention."""

    sketch: Sketch
    bookmark: Bookmark
    order: Order
    path: tuple[str, ...]
    bound: tuple[str | None, ...] | None = None

    def parameters(self) -> tuple[str | None, ...]:
        """A parameter for each key, None where the cursor's value is null."""
        if self.bound is None:
            # A cursor of another length belongs to another order: reading it says so before the SQL runs.
            nulls = (*self.bookmark.nulls, *[True] * len(self.order.keys))[: len(self.order.keys)]
            types = [
                _TYPES[key.column.kind.kind] if key.column.kind else "uuid"
                for key, is_null in zip(self.order.keys, nulls, strict=True)
                if not is_null
            ]
            given = iter(self.sketch.bind(self.bookmark.cursor, read_cursor(self.order), types, self.path))
            self.bound = tuple(None if is_null else next(given) for is_null in nulls)
        return self.bound

    def bounds(self, order: Order, expressions: Iterable[str]) -> list[Bound]:
        """The cursor beside the expressions of a row's keys, in its order or the reversed one."""
        return [
            Bound(expression, parameter, key.is_descending, key.column.is_nullable, key.are_nulls_first)
            for key, expression, parameter in zip(order.keys, expressions, self.parameters(), strict=True)
        ]

    def settle(self) -> None:
        """Let a broken cursor be refused, though nothing may have read it."""
        if self.bound is None:
            self.sketch.bind(self.bookmark.cursor, check_cursor(self.order), (), self.path)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows behind `start` and before `stop`, in the order in which they are walked, without the first
    `offset` of them."""

    rows: Rows
    order: Order
    start: Mark | None = None
    stop: Mark | None = None
    offset: int = 0

    def select(self, columns: Iterable[str], limit: int) -> str:
        """The first `limit` rows: the columns named and those of the order."""
        names = dict.fromkeys([*columns, *(key.name for key in self.order.keys)])
        listed = ", ".join(f"{self.rows.expression(name)} AS {quote(name)}" for name in names)
        bounded = f"LIMIT {limit} OFFSET {self.offset}" if self.offset else f"LIMIT {limit}"
        ranges = self._ranges()
        if len(ranges) == 1:
            return f"{self._range(listed, ranges[0])} {bounded}"
        pages = [f"({self._range(listed, each)} LIMIT {limit + self.offset})" for each in ranges]
        return f"SELECT * FROM ({' UNION ALL '.join(pages)}) m$ {self.by_name()} {bounded}"

    def by_name(self, alias: str = "", order: Order | None = None) -> str:
        """ORDER BY the columns that `select` named."""
        prefix = f"{alias}." if alias else ""
        return (order or self.order).by(lambda key: prefix + quote(key.name))

    def has_rows(self) -> str:
        """Whether there is a row between the cursors."""
        return f"EXISTS ({replace(self, offset=0).select((), 1)})"

    def is_beyond(self, mark: Mark, order: Order) -> str:
        """Whether some entry of the connection does not lie behind the cursor in `order`. The very first
        one tells: one step into an index."""
        first = Page(self.rows, order).select((), 1)
        behind = is_after(mark.bounds(order, [f"f$.{quote(key.name)}" for key in order.keys]))
        return f"coalesce((SELECT NOT ({behind}) FROM ({first}) f$), false)"

    def _ranges(self) -> Sequence[str]:
        keys = [self.rows.expression(key.name) for key in self.order.keys]
        behind, before = [""], [""]
        if self.start is not None:
            behind = ranges_after(self.start.bounds(self.order, keys)) or ["false"]
        if self.stop is not None:
            bounds = self.stop.bounds(self.order.reversed(), keys)
            before = ranges_after(bounds) or ["false"]
            if len(before) > 1 and len(behind) > 1:
                # Each with each would be many ranges, for two cursors among nulls: filter those of one.
                before = [f"({is_after(bounds)})"]
        return [" AND ".join(filter(None, pair)) for pair in product(behind, before)]

    def _range(self, listed: str, condition: str) -> str:
        by = self.order.by(lambda key: self.rows.expression(key.name))
        return f"SELECT {listed} {self.rows.matching(condition)} {by}"
