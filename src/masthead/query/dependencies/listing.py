"""Lists and look-ups of a Selection: what their answers depend on once the values of variables are known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from masthead.kernel import InputError
from masthead.model import ContentType, kinds
from masthead.query.dependencies.dependencies import Match
from masthead.query.dependencies.own_row import NOTHING, OwnRow, all_of
from masthead.query.dependencies.span import Span
from masthead.query.dependencies.window import Ends, Window
from masthead.query.filter import EVERYTHING
from masthead.query.plan import Variables, read_id, value_of
from masthead.query.selection import Argument, Compare, Condition, Given

MOST_PARENTS = 1000
"""Parents of one list that a condition names; of more it names none."""

IsVeiled = Callable[[ContentType, str], bool]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, with all that is counted of it: entries that fulfil `where`, and where there is a `field` refer
    by it to a parent. `columns` are as a Match has them; a `window` is there where a touch may tell that an
    entry stays outside of the page."""

    content_type: ContentType
    where: Condition | None
    columns: frozenset[str] | None
    field: str | None = None
    window: Window | None = None

    def matches(
        self, variables: Variables, is_veiled: IsVeiled, parents: Iterable[UUID], pages: Sequence[Ends]
    ) -> Iterator[Match]:
        """No match where no entry can be in it; two where its pages have an end: one of who comes, goes or is
        other, and one of who is moved."""
        own = OwnRow(self.content_type, lambda name: is_veiled(self.content_type, name), variables)
        condition = all_of([self._refers(sorted(parents)), own.of(self.where)])
        window = self.window
        is_told = window is not None and not is_veiled(self.content_type, window.field)
        span = window.span(pages) if window is not None and is_told else None
        if condition == NOTHING:
            return
        if window is None or span is None:
            yield _match(self.content_type, condition, self.columns)
            return
        listed = all_of([condition, window.is_not_behind(span)]) if window.is_page_alone else condition
        yield _match(self.content_type, listed, window.members)
        yield _match(self.content_type, condition, window.order, span)

    def _refers(self, parents: list[UUID]) -> Condition:
        if self.field is None:
            return EVERYTHING
        if not parents:
            return NOTHING
        if len(parents) > MOST_PARENTS:
            return EVERYTHING
        field = self.content_type[self.field]
        is_one = isinstance(field.kind, kinds.Reference)
        return Compare(field.column, "in" if is_one else "has_some", Given(tuple(parents)))


@dataclass(frozen=True, slots=True)
class Looking:
    """An entry looked up by the value of a unique field."""

    content_type: ContentType
    field: str
    value: Argument

    def match(self, variables: Variables, is_veiled: IsVeiled) -> Match | None:
        """The entry that has the value, now or later."""
        own = OwnRow(self.content_type, lambda name: is_veiled(self.content_type, name), variables)
        column = self.content_type[self.field].column
        condition = own.equal(self.field, self.value)
        return None if condition == NOTHING else _match(self.content_type, condition, frozenset({column}))


def ids_of(argument: Argument, variables: Variables) -> set[UUID]:
    """The ids that were asked for, whether they are there or not."""
    value = value_of(argument, variables)
    found: set[UUID] = set()
    for each in value if isinstance(value, list | tuple) else [value]:
        try:
            found.update(read_id(each))
        except InputError:  # nobody read it, or the answer would be an error
            continue
    return found


def _match(
    content_type: ContentType, condition: Condition, columns: frozenset[str] | None, span: Span | None = None
) -> Match:
    return Match(content_type.name, None if condition == EVERYTHING else condition, columns, span)
