"""What a page of a list is between: the values by which its first and its last entry are sorted.

Of an entry that is on no page its place alone can matter, and only the first column of the order is looked
at: who is equal there counts as within. An entry that stays behind a full page changes nothing of it, nor
does one that stays before it. Decision 20 says why that is so for chains of changes too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from masthead.model import ContentType, kinds
from masthead.query.columns import may_lack
from masthead.query.dependencies.own_row import all_of, any_of
from masthead.query.dependencies.span import End, Span
from masthead.query.order import default_sorts
from masthead.query.selection import Compare, Condition, Connection, Edges, Given, Nodes, TypeName

_MOMENTS = ("created_at", "updated_at", "published_at")


@dataclass(frozen=True, slots=True)
class Ends:
    """Of one page: how many entries it has, and what the first and the last of them are sorted by."""

    count: int
    first: Any = None
    last: Any = None


@dataclass(frozen=True, slots=True)
class Window:
    """A page that is `size` long, of a list that is sorted by a field first. `members` are the columns that
    decide which entries the list has and what it says of all of them, `order` those that it is sorted by.
    `is_counted` says whether a page begins behind so many entries; `is_page_alone` that nothing is told but
    the entries of the page."""

    content_type: ContentType
    field: str
    is_descending: bool
    size: int
    is_counted: bool
    is_page_alone: bool
    members: frozenset[str] | None
    order: frozenset[str]

    def span(self, pages: Sequence[Ends]) -> Span | None:
        """That of one page, or one that holds those of several; None where it has no end."""
        far, near = None, None
        if pages and all(each.count >= self.size for each in pages):
            lasts = [self._read(each.last) for each in pages]
            far = _outermost(lasts, is_least=self.is_descending)
        if pages and self.is_counted and all(each.count for each in pages):
            firsts = [self._read(each.first) for each in pages]
            near = _outermost(firsts, is_least=not self.is_descending)
        if far is None and near is None:
            return None
        return Span(self.column, *((far, near) if self.is_descending else (near, far)))

    def is_not_behind(self, span: Span) -> Condition:
        """Of the entry's own row: whether it has a place before the end of the page."""
        far = span.least if self.is_descending else span.most
        if far is None:
            return all_of([])
        within = Compare(self.column, "gte" if self.is_descending else "lte", Given(far))
        if not may_lack(self.content_type, self.field, "live"):
            return within
        return any_of([Compare(self.column, "is_null", Given(value=True)), within])

    @property
    def column(self) -> str:
        """The physical one."""
        known = self.field in self.content_type
        return self.content_type[self.field].column if known else self.field

    def _read(self, text: Any) -> End:
        """A value of an answer, None for one that says nothing."""
        kind = self.content_type[self.field].kind if self.field in self.content_type else kinds.DateTime()
        try:
            match kind:
                case kinds.Integer():
                    return int(text)
                case kinds.Date():
                    return date.fromisoformat(text)
                case _:
                    return datetime.fromisoformat(text)
        except (ValueError, TypeError):
            return None


def window_of(
    content_type: ContentType, connection: Connection, members: frozenset[str] | None, order: frozenset[str]
) -> Window | None:
    """How a list is cut; None where no touch tells on which side of a page an entry is."""
    sorts = connection.order or default_sorts(content_type)
    if connection.search is not None or connection.is_from_end or connection.before is not None:
        return None
    if not sorts or sorts[0].through or not _is_ordered(content_type, sorts[0].field):
        return None
    return Window(
        content_type,
        sorts[0].field,
        sorts[0].is_descending,
        connection.size,
        is_counted=connection.offset > 0 and connection.after is None,
        is_page_alone=all(isinstance(each.value, Nodes | Edges | TypeName) for each in connection.members),
        members=members,
        order=order,
    )


def _is_ordered(content_type: ContentType, name: str) -> bool:
    """Whether Python orders its values as PostgreSQL does."""
    if name not in content_type:
        return name in _MOMENTS
    return isinstance(content_type[name].kind, kinds.DateTime | kinds.Date | kinds.Integer)


def _outermost(values: Sequence[End], *, is_least: bool) -> End:
    """None where one of them is not known."""
    known = [each for each in values if each is not None]
    if len(known) < len(values):
        return None
    return min(known) if is_least else max(known)
