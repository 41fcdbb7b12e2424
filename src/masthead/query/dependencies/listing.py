"""Lists and look-ups of a Selection: what their answers depend on once the values of variables are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from masthead.kernel import InputError
from masthead.model import ContentType, kinds
from masthead.query.dependencies.dependencies import Match
from masthead.query.dependencies.own_row import NOTHING, OwnRow, all_of
from masthead.query.filter import EVERYTHING
from masthead.query.plan import Variables, read_id, value_of
from masthead.query.selection import Argument, Compare, Condition, Given

MOST_PARENTS = 1000
"""Parents of one list that a condition names; of more it names none."""

IsVeiled = Callable[[ContentType, str], bool]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, with all that is counted of it: entries that fulfil `where`, and where there is a `field` refer
    by it to a parent. `columns` are as a Match has them."""

    content_type: ContentType
    where: Condition | None
    columns: frozenset[str] | None
    field: str | None = None

    def match(self, variables: Variables, is_veiled: IsVeiled, parents: Iterable[UUID]) -> Match | None:
        """None where no entry can be in it."""
        own = OwnRow(self.content_type, lambda name: is_veiled(self.content_type, name), variables)
        condition = all_of([self._refers(sorted(parents)), own.of(self.where)])
        return _match(self.content_type, condition, self.columns)

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
        return _match(self.content_type, own.equal(self.field, self.value), frozenset({column}))


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


def _match(content_type: ContentType, condition: Condition, columns: frozenset[str] | None) -> Match | None:
    if condition == NOTHING:
        return None
    return Match(content_type.name, None if condition == EVERYTHING else condition, columns)
