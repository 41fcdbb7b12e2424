"""The order of a connection: its keys down to the unique one, and the digest that its cursors carry."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from masthead.model import ContentModel, ContentType, kinds
from masthead.query.columns import Column
from masthead.query.selection import Sort
from masthead.query.sql import literal

SORTABLE = kinds.Text | kinds.Integer | kinds.Float | kinds.Decimal | kinds.Date | kinds.DateTime | kinds.Slug
"""The kinds that have an order that people expect."""

ORDERABLE = SORTABLE | kinds.Boolean | kinds.Enumeration
"""The kinds that a connection can be sorted by: false before true, and values of an enumeration in the
order in which it declares them."""


class Shown(Protocol):
    """What an order must know of the plan that it is for (a Sketch)."""

    @property
    def model(self) -> ContentModel:
        """The model of the plan."""

    def column(self, content_type: ContentType, name: str) -> Column:
        """The column of a field, as the plan shows it."""

    def may_be_null(self, content_type: ContentType, name: str) -> bool:
        """Whether a field can be null, as the plan shows it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A to-one reference on the way to a key: the column that holds it, and the type that it leads to."""

    column: str
    target: ContentType


@dataclass(frozen=True, slots=True)
class Key:
    """One value to sort by: a column of the entry itself, or of what its references lead to, step by step.

    `nulls_first` None is PostgreSQL's own place: last ascending, first descending. A page carries the
    value under `name`. `ranks` are the values of an enumeration: it is sorted by their places.
    """

    column: Column
    is_descending: bool
    nulls_first: bool | None = None
    through: tuple[Step, ...] = ()
    ranks: tuple[str, ...] = ()
    alias: str = ""

    @property
    def name(self) -> str:
        """What a page calls it."""
        return self.alias or self.column.name

    @property
    def are_nulls_first(self) -> bool:
        """Whether nulls come before all values."""
        return self.is_descending if self.nulls_first is None else self.nulls_first

    @property
    def needed(self) -> str:
        """The physical column of the entry itself that it takes to find the value."""
        return self.through[0].column if self.through else self.column.name

    @property
    def is_made(self) -> bool:
        """Whether it is more than a column of the entry."""
        return bool(self.through or self.ranks)

    def reversed(self) -> "Key":
        """The same values from the other end."""
        nulls_first = None if self.nulls_first is None else not self.nulls_first
        return replace(self, is_descending=not self.is_descending, nulls_first=nulls_first)

    def sort(self, expression: str) -> str:
        """The expression as an item of ORDER BY; with no more words than an index has."""
        direction = f"{expression} DESC" if self.is_descending else expression
        if not self.column.is_nullable or self.are_nulls_first == self.is_descending:
            return direction
        return f"{direction} NULLS {'FIRST' if self.are_nulls_first else 'LAST'}"

    def value(self, expression: str) -> str:
        """What is compared, of the expression of its column."""
        if not self.ranks:
            return expression
        return f"array_position(ARRAY[{', '.join(map(literal, self.ranks))}], {expression})"


@dataclass(frozen=True, slots=True)
class Order:
    """Keys, the last of which is `id`, so that no two rows are equal; `digest` names the order."""

    keys: tuple[Key, ...]
    digest: str

    def reversed(self) -> "Order":
        """The same rows from the other end."""
        return replace(self, keys=tuple(key.reversed() for key in self.keys))

    def by(self, spell: Callable[[Key], str]) -> str:
        """ORDER BY its keys, each as `spell` writes it."""
        return f"ORDER BY {', '.join(key.sort(spell(key)) for key in self.keys)}"


def order_of(shown: Shown, content_type: ContentType, sorts: Sequence[Sort]) -> Order:
    """The order that `sorts` describe; the type's own where there are none.

    The tie-break goes in the direction of the last key, so that an index of (sort, id) serves both
    directions. Keys behind `id` say nothing and are left out, as repeated ones are.
    """
    keys: dict[tuple[str, ...], Key] = {}
    for sort in sorts or default_sorts(content_type):
        key = _key(shown, content_type, sort, len(keys))
        keys.setdefault(_path(key), key)
        if _path(key) == _ID:
            break
    if _ID not in keys:
        is_descending = [*keys.values()][-1].is_descending if keys else False
        keys[_ID] = Key(shown.column(content_type, "id"), is_descending)
    return Order(tuple(keys.values()), _digest(content_type, tuple(keys.values())))


def default_sorts(content_type: ContentType) -> tuple[Sort, ...]:
    """The content type's own order."""
    return (Sort(content_type.order, content_type.is_descending),) if content_type.order else ()


_ID = ("id",)
_PLACE = kinds.Integer(minimum=1, maximum=2**31 - 1)


def _key(shown: Shown, content_type: ContentType, sort: Sort, index: int) -> Key:
    steps, owner, may_be_missing = [], content_type, False
    for name in sort.through:
        field = owner[name]
        if not isinstance(field.kind, kinds.Reference):
            raise AssertionError(f"{name} is not a reference")
        # What a reference of a draft leads to may not be there, whatever the model requires.
        may_be_missing = may_be_missing or shown.may_be_null(owner, name)
        owner = shown.model[field.kind.target]
        steps.append(Step(field.column, owner))
    column = shown.column(owner, sort.field)
    if may_be_missing:
        column = replace(column, is_nullable=True)
    ranks = column.kind.values if isinstance(column.kind, kinds.Enumeration) else ()
    if ranks:
        column = replace(column, kind=_PLACE)
    alias = f"s${index}" if steps or ranks else ""
    return Key(column, sort.is_descending, sort.nulls_first, tuple(steps), ranks, alias)


def _path(key: Key) -> tuple[str, ...]:
    return (*(step.column for step in key.through), key.column.name)


def _digest(content_type: ContentType, keys: tuple[Key, ...]) -> str:
    """Identity and physical names, so that renaming a field breaks no cursor. Places in an enumeration
    are nothing without its values."""
    spelled = ",".join(_spelled(key) for key in keys)
    return hashlib.sha256(f"{content_type.identity}:{spelled}".encode()).hexdigest()[:8]


def _spelled(key: Key) -> str:
    words = [".".join(_path(key)), "desc" if key.is_descending else "asc"]
    if key.are_nulls_first != key.is_descending:
        words.append("nulls first" if key.are_nulls_first else "nulls last")
    return " ".join([*words, *(f"[{'|'.join(key.ranks)}]" for _ in key.ranks[:1])])
