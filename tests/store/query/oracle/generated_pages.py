"""Generated arguments of connections: pages from both ends, orders with nulls and through references."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLInputObjectType, get_nullable_type
from tests.store.query.oracle.resolvers import Oracle
from tests.store.query.oracle.searches import SEARCHES

from masthead.model import ContentType

GONE = [UUID(int=number) for number in (0, 2**127, 2**128 - 1)]
"""Ids of rows that cursors speak of and that are not there."""


@dataclass(frozen=True, slots=True)
class PageWriter:
    """`value` spells a value of a type as a literal or as a variable, `variable` as a variable."""

    oracle: Oracle
    pick: Callable[[Any], Any]
    chance: Callable[[float], bool]
    value: Callable[[str, str, Any], str]
    variable: Callable[[str, Any], str]

    def arguments(self, content_type: ContentType, filters: list[str], *, is_archived: bool = False) -> str:
        """The arguments of a connection; `filters` are those that say which entries it has. No search finds
        what is archived."""
        order_by = self._order(content_type)
        arguments = [*self._size(), *filters]
        if order_by or self.chance(0.1):
            arguments.append(f"orderBy: {self._order_value(content_type, order_by)}")
        rows = (self.oracle.archived if is_archived else self.oracle.entries)[content_type.name]
        is_searching = content_type.is_searchable and not is_archived and self.chance(0.25)
        search = self.pick(SEARCHES) if is_searching else None
        if search is not None:
            arguments.append(f"search: {self._value('String', search)}")
            rows = self.oracle.searched(content_type, rows, search)
        for name in ("after", "before"):
            if rows and self.chance(0.35):
                cursor = self._cursor(content_type, order_by, dict(self.pick(rows)), search)
                arguments.append(f"{name}: {self._value('String', cursor)}")
        return f"({', '.join(arguments)})" if arguments else ""

    def ids(self) -> str:
        """The argument of `nodes`: some that are there, in any order, some twice, some that are not."""
        known = [row["id"] for rows in self.oracle.entries.values() for row in rows]
        ids = [str(self.pick([*known, *known, GONE[1]])) for _ in range(self.pick([0, 1, 2, 3, 6]))]
        if ids and self.chance(0.3):
            spelled = ", ".join(self._value("ID!", each) for each in ids)
            return f"(ids: [{spelled}])"
        return f"(ids: {self._value('[ID!]!', ids)})"

    def _size(self) -> list[str]:
        """At most one of `first` and `last`; null counts as none."""
        spelled = []
        size = self.pick([None, None, 0, 1, 2, 3, 5, 500])
        names = self.pick([("first", "last"), ("last", "first")])
        if size is not None or self.chance(0.1):
            spelled.append(f"{names[0]}: {self._value('Int', size)}")
        if self.chance(0.05):
            spelled.append(f"{names[1]}: {self._value('Int', None)}")
        if self.chance(0.2):
            spelled.append(f"offset: {self._value('Int', self.pick([None, 0, 1, 2, 4, 9]))}")
        return spelled

    def _cursor(
        self,
        content_type: ContentType,
        order_by: list[dict[str, Any]],
        row: dict[str, Any],
        search: str | None,
    ) -> str:
        if self.chance(0.2):
            row["id"] = self.pick(GONE)
        return self.oracle.cursor(content_type, order_by, row, search)

    def _order(self, content_type: ContentType) -> list[dict[str, Any]]:
        type_ = self.oracle.schema.type_map[f"{content_type.name}Order"]
        return [self._key(type_, depth=2) for _ in range(self.pick([0, 0, 1, 1, 2, 3]))]

    def _key(self, type_: Any, depth: int) -> dict[str, Any]:
        inner = {name: get_nullable_type(each.type) for name, each in type_.fields.items()}
        through = [name for name, each in inner.items() if isinstance(each, GraphQLInputObjectType)]
        if through and depth and self.chance(0.3):
            name = self.pick(through)
            return {name: self._key(inner[name], depth - 1)}
        values = {name: each for name, each in inner.items() if isinstance(each, GraphQLEnumType)}
        name = self.pick(list(values))
        return {name: self.pick([*values[name].values, "ASC", "DESC"])}

    def _order_value(self, content_type: ContentType, order_by: list[dict[str, Any]]) -> str:
        if self.chance(0.3):
            return self.variable(f"[{content_type.name}Order!]", order_by)
        return f"[{', '.join(self._spelled(each) for each in order_by)}]"

    def _spelled(self, order: dict[str, Any]) -> str:
        ((name, inner),) = order.items()
        if isinstance(inner, dict):
            return f"{{{name}: {self._spelled(inner)}}}"
        return f"{{{name}: {self.variable('Order!', inner) if self.chance(0.2) else inner}}}"

    def _value(self, declared: str, value: Any) -> str:
        return self.value(declared, json.dumps(value), value)
