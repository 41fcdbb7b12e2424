"""Generated filters: every operator, nested, through references both ways; written as literals, as
variables at their leaves, as variables in between, or as one variable.

They follow the input types of the SDL, so that whatever the schema allows is asked.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)
from hypothesis import strategies as st
from tests.store.query.oracle.world import DAYS, DECIMALS, FLOATS, INTEGERS, MOMENTS, TEXTS, VALUES

from masthead.model import ContentModel, ContentType, camel_case

DEEPEST = 4
PARTS = ["", "s", "S", "quo", "Z", "z", "null", "\\", "%", "_", "a_"]
OPERANDS = [*TEXTS, *PARTS]
COMPARED = [*TEXTS, "same", "s0", "s1", "s3"]
"""What texts are compared with for order."""


Entries = Mapping[str, list[dict[str, Any]]]
"""Rows by content type."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """An operation and the values of its variables."""

    document: str
    variables: dict[str, Any]


class Name(str):
    """A name of an enum's value: no quotes around it in a document."""

    __slots__ = ()


@st.composite
def filtered(draw: st.DrawFn, model: ContentModel, schema: GraphQLSchema, entries: Entries) -> Filtered:
    """One connection with one filter, and nothing else."""
    names = iter(range(1000))
    definitions: list[str] = []
    values: dict[str, Any] = {}
    writer = FilterWriter(
        lambda choices: draw(st.sampled_from(choices)),
        lambda likely: draw(st.integers(0, 99)) < likely * 100,
        lambda prefix: f"{prefix}{next(names)}",
        *(definitions, values, model, schema, entries),
    )
    content_type = writer.pick([each for each in model if not each.is_singleton])
    where = writer.argument(content_type)
    declared = f"query ({', '.join(definitions)}) " if definitions else ""
    field = camel_case(content_type.plural)
    return Filtered(f"{declared}{{ {field}({where}, first: 500) {{ totalCount nodes {{ id }} }} }}", values)


@dataclass(slots=True)
class FilterWriter:
    """Makes filters for one operation over the rows of a world. `definitions` and `values` are those of its
    variables."""

    pick: Callable[[Any], Any]
    chance: Callable[[float], bool]
    name: Callable[[str], str]
    definitions: list[str]
    values: dict[str, Any]
    model: ContentModel
    schema: GraphQLSchema
    entries: Entries
    budget: int = 12

    def argument(self, content_type: ContentType) -> str:
        """`where: …`, of a connection to this type."""
        type_ = self.schema.type_map[f"{content_type.name}Filter"]
        assert isinstance(type_, GraphQLInputObjectType)
        if self.chance(0.03):
            return "where: null"
        return f"where: {self._spelled(type_, self._entry(type_, 0), likely=0.35)}"

    def _entry(self, type_: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        names = [*type_.fields]
        if depth >= DEEPEST or self.budget <= 0:
            names = [name for name, each in type_.fields.items() if self._has_operators(each.type)]
        return {
            name: self._part(name, type_.fields[name].type, depth)
            for name in self._some(names, [0, 1, 1, 1, 2, 2, 3])
        }

    def _part(self, name: str, type_: GraphQLInputType, depth: int) -> Any:
        self.budget -= 1
        inner = get_named_type(type_)
        assert isinstance(inner, GraphQLInputObjectType)
        if isinstance(type_, GraphQLList):
            return [self._entry(inner, depth + 1) for _ in range(self.pick([0, 1, 1, 2, 2]))]
        if self._has_operators(type_):
            operators = self._some([*inner.fields], [0, 1, 1, 1, 1, 2])
            return {each: self._operand(each, inner.fields[each].type) for each in operators}
        if inner.name.endswith("ListFilter"):
            quantifiers = self._some([*inner.fields], [0, 1, 1, 1, 1, 2])
            return {each: self._entry(self._of(inner, each), depth + 1) for each in quantifiers}
        if name != "not" and self.chance(0.2):
            return None
        return self._entry(inner, depth + 1)

    def _some(self, names: list[str], counts: list[int]) -> dict[str, None]:
        return dict.fromkeys(self.pick(names) for _ in range(self.pick(counts)))

    def _of(self, type_: GraphQLInputObjectType, name: str) -> GraphQLInputObjectType:
        inner = get_named_type(type_.fields[name].type)
        assert isinstance(inner, GraphQLInputObjectType)
        return inner

    def _has_operators(self, type_: GraphQLInputType) -> bool:
        names = [each.name for each in self.model]
        of_entries = {f"{name}{suffix}" for name in names for suffix in ("Filter", "ListFilter")}
        return get_named_type(type_).name not in of_entries

    def _operand(self, operator: str, type_: GraphQLInputType) -> Any:
        if operator in ("eq", "ne") and self.chance(0.15):
            return None
        if isinstance(type_, GraphQLList):
            return [self._leaf(type_.of_type, operator) for _ in range(self.pick([0, 1, 2, 3]))]
        return self._leaf(type_, operator)

    def _leaf(self, type_: GraphQLInputType, operator: str) -> Any:
        leaf = get_named_type(type_)
        pick = self.pick
        match leaf.name:
            case "Boolean":
                return pick([True, False])
            case "ID":
                ids = [str(row["id"]) for rows in self.entries.values() for row in rows]
                return pick([*ids, "00000000-0000-0000-0000-000000000007"])
            case "String":
                return pick(COMPARED if operator in ("lt", "lte", "gt", "gte") else OPERANDS)
            case "Int":
                return pick([-5, 0, 1, 5, 9, 1000, 2**31 - 1])
            case "BigInt":
                number = pick(INTEGERS)
                return str(number) if pick([True, False]) else number
            case "Float":
                return pick(FLOATS)
            case "Decimal":
                return str(pick(DECIMALS))
            case "Date":
                return pick(DAYS).isoformat()
            case "DateTime":
                moment = pick(MOMENTS)
                return moment.astimezone(timezone(timedelta(hours=pick([0, 5, -11])))).isoformat()
            case "JSON":
                return pick(VALUES + PARTS_OF_VALUES)
            case _:
                assert isinstance(leaf, GraphQLEnumType)
                return Name(pick([*leaf.values]))

    def _spelled(self, type_: GraphQLInputType, value: Any, likely: float = 0.12) -> str:
        """The value in the document: itself, or the variable that carries it."""
        must_be_variable = get_named_type(type_).name == "JSON" and not _is_literal(value)
        if must_be_variable or self.chance(likely):
            return self._variable(type_, value)
        inner = get_nullable_type(type_)
        if isinstance(value, dict) and isinstance(inner, GraphQLInputObjectType):
            fields = [
                f"{name}: {self._spelled(inner.fields[name].type, each)}" for name, each in value.items()
            ]
            if self.chance(0.08) and (unused := self._absent(inner, value)):
                fields.append(unused)
            return f"{{{', '.join(fields)}}}"
        if isinstance(value, list) and isinstance(inner, GraphQLList):
            if len(value) == 1 and self.chance(0.2) and not isinstance(value[0], list):
                return self._spelled(get_nullable_type(inner.of_type), value[0], likely=0)
            return f"[{', '.join(self._spelled(inner.of_type, each) for each in value)}]"
        return _literal(value)

    def _absent(self, type_: GraphQLInputObjectType, value: Mapping[str, Any]) -> str:
        """A key whose variable is not given: as if the key were not there."""
        names = [name for name in type_.fields if name not in value]
        if not names:
            return ""
        name, variable = self.pick(names), self.name("v")
        self.definitions.append(f"${variable}: {get_nullable_type(type_.fields[name].type)}")
        return f"{name}: ${variable}"

    def _variable(self, type_: GraphQLInputType, value: Any) -> str:
        variable = self.name("v")
        is_default = value is not None and _is_literal(value) and self.chance(0.15)
        default = f" = {_literal(value)}" if is_default else ""
        self.definitions.append(f"${variable}: {type_}{default}")
        if not is_default:
            self.values[variable] = value
        return f"${variable}"


PARTS_OF_VALUES = [{"b": 1}, {"a": [{}]}, [1], [[2]], 1, True, "nothing", {"long": 0}, 1.5]


def _is_literal(value: Any) -> bool:
    """Whether a document can hold it: names of members are GraphQL names."""
    if isinstance(value, dict):
        return all(
            re.fullmatch("[_A-Za-z][_0-9A-Za-z]*", key) and _is_literal(each) for key, each in value.items()
        )
    return all(_is_literal(each) for each in value) if isinstance(value, list) else True


def _literal(value: Any) -> str:
    match value:
        case Name():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{key}: {_literal(each)}' for key, each in value.items())}}}"
        case list():
            return f"[{', '.join(_literal(each) for each in value)}]"
        case _:
            return json.dumps(value)
