"""Orders by comparing rows key by key, and cursors by spelling their values: nothing knows of ranges."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.store.query.oracle.leaves import SYSTEM, leaf, plain
from tests.store.query.oracle.spelling import spell, spell_float

from masthead.model import ContentModel, ContentType, kinds, snake_case

Row = Mapping[str, Any]
OrderBy = Sequence[Mapping[str, Any]]
"""As a client spells it: `[{cover: {width: ASC}}]`."""


@dataclass(frozen=True, slots=True)
class Key:
    """What to sort by: the columns of references, and the column behind them. `kind` is None for `id`."""

    columns: tuple[str, ...]
    targets: tuple[str, ...]
    kind: kinds.Kind | None
    is_descending: bool
    are_nulls_first: bool


@dataclass(frozen=True, slots=True)
class Orders:
    """`find` gives the row of a type with an id; `ranks` order texts as the database's collation does."""

    model: ContentModel
    find: Callable[[str, UUID | None], Row | None]
    ranks: Mapping[str, int]

    def keys(self, content_type: ContentType, order_by: OrderBy, search: str | None = None) -> list[Key]:
        """The keys of an order, down to the unique one."""
        if search is not None and not order_by:
            return [Key(("_rank",), (), kinds.Float(), True, True), Key(("id",), (), None, True, True)]
        keys = [self._key(content_type, each) for each in order_by]
        if not keys and (own := content_type.order_field):
            is_descending = content_type.is_descending
            keys = [Key((own.column,), (), own.kind, is_descending, is_descending)]
        seen: dict[tuple[str, ...], Key] = {}
        for key in keys:
            if ("id",) not in seen:
                seen.setdefault(key.columns, key)
        is_descending = [*seen.values()][-1].is_descending if seen else False
        seen.setdefault(("id",), Key(("id",), (), None, is_descending, is_descending))
        return [*seen.values()]

    def values(self, keys: Sequence[Key], row: Row) -> list[Any]:
        """What the row is sorted by."""
        return [self._value(key, row) for key in keys]

    def compare(self, keys: Sequence[Key], one: Sequence[Any], other: Sequence[Any]) -> int:
        """Below zero where the first stands before the second."""
        for key, left, right in zip(keys, one, other, strict=True):
            if (left is None) != (right is None):
                return -1 if (left is None) == key.are_nulls_first else 1
            if left is not None and (less := self.sortable(key.kind, left)) != (
                more := self.sortable(key.kind, right)
            ):
                return -1 if (less < more) != key.is_descending else 1
        return 0

    def sortable(self, kind: kinds.Kind | None, value: Any) -> Any:
        """A value that is not null, to compare with `<`."""
        if isinstance(value, str) and (kind is None or isinstance(kind, kinds.DateTime | kinds.Date)):
            return _parsed(kind, value)
        if isinstance(kind, kinds.Text | kinds.Slug):
            return self.ranks[value]
        if isinstance(kind, kinds.Integer | kinds.Decimal) and isinstance(value, str):
            return Decimal(value)
        return value

    def cursor(self, content_type: ContentType, keys: Sequence[Key], row: Row) -> str:
        """The cursor of a row."""
        values = [_spelled(key.kind, value) for key, value in zip(keys, self.values(keys, row), strict=True)]
        text = f"[{', '.join([json.dumps(_digest(content_type, keys)), *values])}]"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _key(self, content_type: ContentType, order: Mapping[str, Any]) -> Key:
        ((name, inner),) = order.items()
        column = SYSTEM.get(name) or content_type[snake_case(name)].column
        if isinstance(inner, str):
            is_descending = inner.startswith("DESC")
            are_nulls_first = inner.endswith("FIRST") or inner == "DESC"
            return Key((column,), (), _kind(content_type, column), is_descending, are_nulls_first)
        target = content_type[snake_case(name)].kind.target  # type: ignore[union-attr]  # a reference
        key = self._key(self.model[target], inner)
        columns, targets = (column, *key.columns), (target, *key.targets)
        return Key(columns, targets, key.kind, key.is_descending, key.are_nulls_first)

    def _value(self, key: Key, row: Row | None) -> Any:
        for column, target in zip(key.columns, key.targets, strict=False):
            row = None if row is None else self.find(target, row[column])
        value = None if row is None else row[key.columns[-1]]
        if isinstance(key.kind, kinds.Enumeration) and value is not None:
            return key.kind.values.index(value) + 1
        return value


def opened(cursor: str) -> list[Any]:
    """The values that a cursor holds."""
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    return list(json.loads(raw)[1:])


def _kind(content_type: ContentType, column: str) -> kinds.Kind | None:
    if column.endswith("_at") and column in SYSTEM.values():
        return kinds.DateTime()
    return next((each.kind for each in content_type.fields if each.column == column), None)


def _digest(content_type: ContentType, keys: Sequence[Key]) -> str:
    spelled = []
    for key in keys:
        words = [".".join(key.columns), "desc" if key.is_descending else "asc"]
        if key.are_nulls_first != key.is_descending:
            words.append("nulls first" if key.are_nulls_first else "nulls last")
        if isinstance(key.kind, kinds.Enumeration):
            words.append(f"[{'|'.join(key.kind.values)}]")
        spelled.append(" ".join(words))
    return hashlib.sha256(f"{content_type.identity}:{','.join(spelled)}".encode()).hexdigest()[:8]


def _spelled(kind: kinds.Kind | None, value: Any) -> str:
    if isinstance(value, float):
        return spell_float(value)
    if kind is None or value is None or isinstance(kind, kinds.Enumeration):
        return spell(plain(value))
    return spell(leaf(kind, value))


def _parsed(kind: kinds.Kind | None, value: str) -> Any:
    match kind:
        case kinds.DateTime():
            return datetime.fromisoformat(value)
        case kinds.Date():
            return date.fromisoformat(value)
        case _:
            return UUID(value)
