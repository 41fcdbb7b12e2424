"""What a client needs to turn the page: exact in both directions, and without a count.

Whether rows follow in the direction in which a page was walked, the one row more tells that was read
with it. What lies outside a cursor is told by the first entry of the connection in that direction.
"""

from dataclasses import dataclass

from masthead.query.cursor import cursor_sql
from masthead.query.order import Order
from masthead.query.page import Page
from masthead.query.selection import Members, PageInfo, PagePart, TypeName
from masthead.query.sql import json_object, literal, quote


@dataclass(frozen=True, slots=True)
class Turning:
    """The parts of one PageInfo. `shared` is the common table of the page's rows and one more."""

    page: Page
    is_from_end: bool
    size: int
    shared: str

    def write(self, info: PageInfo) -> str:
        """The expression of its object."""
        return json_object([(each.key, self._member(each.value)) for each in info.members])

    def _member(self, value: object) -> str:
        match value:
            case PagePart(name=name):
                return self._part(name)
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{value} is not a member of page info")

    def _part(self, name: str) -> str:
        match name:
            case "has_next":
                return self._passed() if self.is_from_end else self._following()
            case "has_previous":
                return self._following() if self.is_from_end else self._passed()
            case "start":
                return self._cursor(shown_order(self.page, is_from_end=self.is_from_end))
            case "end":
                return self._cursor(shown_order(self.page, is_from_end=not self.is_from_end))
            case "next":
                return f"CASE WHEN {self._part('has_next')} THEN {self._part('end')} END"
            case "previous":
                return f"CASE WHEN {self._part('has_previous')} THEN {self._part('start')} END"
            case _:
                raise AssertionError(f"{name} is not a part of page info")

    def _following(self) -> str:
        """Whether entries lie where the walk would go on."""
        more = f"(SELECT count(*) > {self.size} FROM {self.shared})"
        if self.page.stop is None:
            return more
        return f"({more} OR {self.page.is_beyond(self.page.stop, self.page.order.reversed())})"

    def _passed(self) -> str:
        """Whether entries lie where the walk came from: not behind its start, or skipped."""
        found = []
        if self.page.offset:
            found.append(self.page.has_rows())
        if self.page.start is not None:
            found.append(self.page.is_beyond(self.page.start, self.page.order))
        return f"({' OR '.join(found)})" if found else "false"

    def _cursor(self, order: Order) -> str:
        """The cursor of the page's first row in `order`."""
        limit = min(self.size, 1) if order is self.page.order else self.size
        rows = f"SELECT * FROM {self.shared} {self.page.by_name()} LIMIT {limit}"
        keys = [f"e$.{quote(key.name)}" for key in order.keys]
        by = self.page.by_name(order=order)
        return f"(SELECT {cursor_sql(order, keys)} FROM ({rows}) e$ {by} LIMIT 1)"


def shown_order(page: Page, *, is_from_end: bool) -> Order:
    """The order in which a page's rows are shown."""
    return page.order.reversed() if is_from_end else page.order


def reads_page(members: Members, *, is_from_end: bool) -> bool:
    """Whether one of these parts of page info reads the page's rows."""
    passed = "has_next" if is_from_end else "has_previous"
    return any(isinstance(each.value, PagePart) and each.value.name != passed for each in members)
