"""Generated operations: valid by construction, with everything that GraphQL lets a client combine."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from hypothesis import strategies as st
from tests.store.query.oracle.generated_filters import FilterWriter
from tests.store.query.oracle.generated_groups import groups_argument
from tests.store.query.oracle.generated_pages import PageWriter
from tests.store.query.oracle.resolvers import Oracle
from tests.store.query.oracle.searches import site_search_arguments

from masthead.model import ContentType, snake_case

LONG = "aliasThatIsLongerThanTheSixtyThreeBytesOfAPostgresIdentifierSoThatItWouldBeCut"


NO_ENTRIES = "^(Markdown|Heading|PageInfo)$|(Aggregate|Group|GroupKey|Min|Max|Sum|Avg)$"
"""Types whose objects are not entries: they nest without end to no purpose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation as a client sends it."""

    document: str
    variables: dict[str, Any]
    operation_name: str | None


@st.composite
def operations(draw: st.DrawFn, oracle: Oracle, depth: int = 4) -> Asked:
    """An operation over the oracle's rows, whose relations nest to `depth`."""
    return _Writer(draw, oracle).operation(depth)


@dataclass(slots=True)
class _Writer:
    draw: st.DrawFn
    oracle: Oracle
    budget: int = 40
    count: int = 0
    definitions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)

    def operation(self, depth: int) -> Asked:
        query = self.oracle.schema.query_type
        assert query is not None
        body = self._selection(query, depth, is_mixed=False)
        if self._chance(0.1):
            body = body[:-1] + ' m: __type(name: "Site") { name kind } }'
        text = " ".join([body, *self.fragments])
        used = [each for each in self.definitions if each.partition(":")[0] in re.findall(r"\$\w+", text)]
        declared = f"({', '.join(used)})" if used else ""
        name = self._name("Op") if declared or self._chance(0.5) else None
        document = f"query {name}{declared} {body}" if name else body
        is_one_of_two = name is not None and self._chance(0.2)
        if is_one_of_two:
            document += " query Other { __typename }"
        return Asked("\n".join([document, *self.fragments]), self.values, name if is_one_of_two else None)

    def _selection(
        self, type_: GraphQLObjectType | GraphQLInterfaceType, depth: int, *, is_mixed: bool
    ) -> str:
        """`is_mixed`: objects of several types get these fields, so equal keys could clash."""
        parts = [self._part(type_, depth, is_mixed=is_mixed) for _ in range(self._number(1, 4))]
        if not any(parts) or self._chance(0.1):
            parts.append("__typename")
        return "{ " + " ".join(part for part in parts if part) + " }"

    def _part(self, type_: Any, depth: int, *, is_mixed: bool) -> str:
        directive = self._directive()
        self.budget -= 1
        if is_abstract_type(type_) or (self.budget > 0 and self._chance(0.15)):
            return self._fragment(type_, depth, directive, is_mixed=is_mixed)
        fields = [
            (name, each)
            for name, each in type_.fields.items()
            if is_leaf_type(get_named_type(each.type)) or (depth > 0 and self.budget > 0)
        ]
        if not fields:
            return ""
        name, each = self._pick(fields)
        return self._field(type_, name, each, depth, directive, is_mixed=is_mixed)

    def _fragment(self, type_: Any, depth: int, directive: str, *, is_mixed: bool) -> str:
        on = type_
        if isinstance(type_, GraphQLInterfaceType):
            implementing = self.oracle.schema.get_possible_types(type_)
            on = self._pick([*implementing, *implementing, self.oracle.schema.type_map["Entry"]])
            is_mixed = True
        elif isinstance(type_, GraphQLUnionType):
            on = self._pick([*type_.types, *type_.types, type_])
            is_mixed = True
        if isinstance(on, GraphQLUnionType):
            inner = "{ __typename }"
        elif isinstance(on, GraphQLInterfaceType):
            inner = "{ " + self._pick(["id", "path", "createdAt __typename", "id publishedAt"]) + " }"
        else:
            inner = self._selection(on, depth, is_mixed=is_mixed)
        if self._chance(0.4):
            name = self._name("F")
            self.fragments.append(f"fragment {name} on {on.name} {inner}")
            again = f" ...{name}" if self._chance(0.2) else ""
            return f"...{name}{directive}{again}"
        condition = f" on {on.name}" if on is not type_ or self._chance(0.5) else ""
        return f"...{condition}{directive} {inner}"

    def _field(
        self, type_: Any, name: str, each: GraphQLField, depth: int, directive: str, *, is_mixed: bool
    ) -> str:
        inner = get_named_type(each.type)
        arguments = self._arguments(type_, name, each)
        if arguments is None:
            return ""
        must_differ = bool(each.args) or is_mixed
        alias = self._alias() if must_differ or self._chance(0.25) else ""
        if is_leaf_type(inner):
            return f"{alias}{name}{directive}"
        is_relation = not re.search(NO_ENTRIES, inner.name) and name not in (
            "nodes",
            "edges",
            "node",
        )
        left = depth - 1 if is_relation else depth
        spelled = f"{alias}{name}{arguments}"
        text = f"{spelled}{directive} {self._selection(inner, left, is_mixed=is_mixed)}"
        if self._chance(0.15):  # the same field again: its fields are merged
            text += f" {spelled} {self._selection(inner, left, is_mixed=is_mixed)}"
        return text

    def _arguments(self, type_: Any, name: str, each: GraphQLField) -> str | None:
        if "after" in each.args:
            node = get_named_type(get_named_type(each.type).fields["nodes"].type)  # type: ignore[union-attr]
            return self._page(self.oracle.model[node.name], has_archived="archived" in each.args)
        if name == "search":
            return site_search_arguments(self.oracle.schema, self._pick, self._any_value)
        if name == "groups":
            content_type = self.oracle.model[type_.name.removesuffix("Connection")]
            return groups_argument(content_type, self.oracle.schema, self._pick, self._any_value)
        if not each.args:
            return ""
        if name == "nodes":
            return self._pages().ids()
        return self._lookup(name, each)

    def _lookup(self, name: str, each: GraphQLField) -> str | None:
        types = [one for one in self.oracle.model if name in ("node", one.api_name)]
        rows = [(one, row) for one in types for row in self.oracle.entries[one.name]]
        argument = self._pick(list(each.args))
        if not rows or self._chance(0.1):
            value: Any = str(UUID(int=7)) if argument == "id" else "nothing"
        else:
            content_type, row = self._pick(rows)
            column = "id" if argument == "id" else content_type[snake_case(argument)].column
            value = str(row[column])
        declared = "ID" if argument == "id" else "String"
        return f"({argument}: {self._value(declared + '!', json.dumps(value), value)})"

    def _page(self, content_type: ContentType, *, has_archived: bool) -> str:
        filters = [self._filters().argument(content_type)] if self._chance(0.45) else []
        is_archived = has_archived and self._chance(0.5)
        if has_archived and (is_archived or self._chance(0.2)):
            filters.append(f"archived: {self._value('Boolean', json.dumps(is_archived), is_archived)}")
        return self._pages().arguments(content_type, filters, is_archived=is_archived)

    def _pages(self) -> PageWriter:
        return PageWriter(self.oracle, self._pick, self._chance, self._value, self._variable)

    def _filters(self) -> FilterWriter:
        oracle = self.oracle
        return FilterWriter(
            *(self._pick, self._chance, self._name, self.definitions, self.values),
            *(oracle.model, oracle.schema, oracle.entries),
        )

    def _directive(self) -> str:
        if not self._chance(0.15):
            return ""
        is_true = self._chance(0.5)
        name = self._pick(["skip", "include"])
        return f" @{name}(if: {self._value('Boolean!', json.dumps(is_true), is_true)})"

    def _any_value(self, declared: str, literal: str, value: Any) -> str:
        return self._variable(declared, value) if self._chance(0.3) else literal

    def _value(self, declared: str, literal: str, value: Any) -> str:
        return self._variable(declared, value) if self._chance(0.4) else literal

    def _variable(self, declared: str, value: Any) -> str:
        name = self._name("v")
        may_be_default = value is not None and not re.search("Order|GroupBy|EntryType", declared)
        if may_be_default and self._chance(0.15):
            self.definitions.append(f"${name}: {declared} = {json.dumps(value)}")
            return f"${name}"
        self.definitions.append(f"${name}: {declared}")
        self.values[name] = value
        return f"${name}"

    def _alias(self) -> str:
        return self._name(self._pick(["a", "o", "t", "Z_", LONG])) + ": "

    def _name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def _pick(self, values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def _number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def _chance(self, likely: float) -> bool:
        return self.draw(st.integers(0, 99)) < likely * 100
