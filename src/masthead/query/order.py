"""The order of a connection: its keys down to the unique one, and the digest that its cursors carry."""

import hashlib
from dataclasses import dataclass, replace

from masthead.model import ContentType, kinds
from masthead.query.columns import Column, column_of
from masthead.query.selection import Sort
from masthead.store import Stage

SORTABLE = kinds.Text | kinds.Integer | kinds.Float | kinds.Decimal | kinds.Date | kinds.DateTime | kinds.Slug
"""The kinds that have an order that people expect."""


@dataclass(frozen=True, slots=True)
class Key:
    """One column to sort by. Nulls go where PostgreSQL puts them: last ascending, first descending."""

    column: Column
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Keys, the last of which is `id`, so that no two rows are equal; `digest` names the order."""

    keys: tuple[Key, ...]
    digest: str

    def reversed(self) -> "Order":
        """The same rows from the other end."""
        return replace(self, keys=tuple(Key(key.column, not key.is_descending) for key in self.keys))


def order_of(content_type: ContentType, sorts: tuple[Sort, ...], stage: Stage) -> Order:
    """The order that `sorts` describe; the type's own where there are none.

    The tie-break goes in the direction of the last key, so that an index of (sort, id) serves both
    directions. Keys behind `id` say nothing and are left out, as repeated ones are.
    """
    keys: dict[str, Key] = {}
    for sort in sorts or default_sorts(content_type):
        column = column_of(content_type, sort.field, stage)
        keys.setdefault(column.name, Key(column, sort.is_descending))
        if column.name == "id":
            break
    if "id" not in keys:
        is_descending = [*keys.values()][-1].is_descending if keys else False
        keys["id"] = Key(column_of(content_type, "id", stage), is_descending)
    return Order(tuple(keys.values()), _digest(content_type, tuple(keys.values())))


def default_sorts(content_type: ContentType) -> tuple[Sort, ...]:
    """The content type's own order."""
    return (Sort(content_type.order, content_type.is_descending),) if content_type.order else ()


def _digest(content_type: ContentType, keys: tuple[Key, ...]) -> str:
    """Identity and physical names, so that renaming a field breaks no cursor."""
    spelled = ",".join(f"{key.column.name} {'desc' if key.is_descending else 'asc'}" for key in keys)
    return hashlib.sha256(f"{content_type.identity}:{spelled}".encode()).hexdigest()[:8]
