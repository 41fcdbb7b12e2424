"""A filter becomes a Condition: its coerced value says what it asks, its syntax tree which parts of it are
variables. A variable stays one, so that the plan serves every value of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, assert_never, get_args

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from masthead.graphql.errors import BAD_USER_INPUT, mistake
from masthead.graphql.limits import Limits, exceeded
from masthead.graphql.where import Combines, Compares, LeadsTo, RelatesTo, meaning
from masthead.model import camel_case
from masthead.query import FLAGS, NULLABLE
from masthead.query import selection as select

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an argument: where it stands in the document, or where in which variable."""

    node: ValueNode | None
    variable: select.Variable | None = None
    path: tuple[str | int, ...] = ("where",)

    def step(self, key: str | int) -> "Spot":
        """One step inwards."""
        path = (*self.path, key)
        if self.variable is not None:
            return Spot(None, replace(self.variable, path=(*self.variable.path, key)), path)
        return at(_inner(self.node, key), path)

    def argument(self, value: Any) -> select.Argument:
        """What is there, as the planner takes it; `value` is its coerced value."""
        if self.variable is not None:
            return self.variable
        return _argument(self.node, value)


def at(node: ValueNode | None, path: tuple[str | int, ...] = ("where",)) -> Spot:
    """The place of a value in the document, which may be a variable."""
    if isinstance(node, VariableNode):
        return Spot(None, select.Variable(node.name.value), path)
    return Spot(node, None, path)


def _inner(node: ValueNode | None, key: str | int) -> ValueNode | None:
    match node:
        case ObjectValueNode(fields=fields) if isinstance(key, str):
            return next(each.value for each in fields if each.name.value == key)
        case ListValueNode(values=values) if isinstance(key, int):
            return values[key]
        case _:
            return node  # one value that stands for a list of one


def _argument(node: ValueNode | None, value: Any) -> select.Argument:
    match node:
        case VariableNode():
            return select.Variable(node.name.value)
        case ListValueNode(values=values) if _has_variable(node) and len(value) == len(values):
            return select.Composed([_argument(*each) for each in zip(values, value, strict=True)])
        case ObjectValueNode(fields=fields) if _has_variable(node):
            return select.Composed(
                {each.name.value: _argument(each.value, value.get(each.name.value)) for each in fields}
            )
        case _:
            return select.Given(value)


def _has_variable(node: ValueNode) -> bool:
    match node:
        case VariableNode():
            return True
        case ListValueNode(values=values):
            return any(_has_variable(each) for each in values)
        case ObjectValueNode(fields=fields):
            return any(_has_variable(each.value) for each in fields)
        case _:
            return False


@dataclass(slots=True)
class Conditions:
    """The filters of one operation, all together bounded."""

    limits: Limits
    count: int = 0

    def of(
        self, graphql_field: GraphQLField, node: FieldNode, where: Mapping[str, Any] | None, path: Path
    ) -> select.Condition | None:
        """The filter of a connection's field; None without one. Raises GraphQLError."""
        if where is None:
            return None
        given = next(each.value for each in node.arguments or () if each.name.value == "where")
        type_ = get_named_type(graphql_field.args["where"].type)
        if not isinstance(type_, GraphQLInputObjectType):
            raise AssertionError(f"{type_} is no filter")
        return _Lowering(self, node, path).entry(type_, where, at(given), len(path))

    def add(self, node: FieldNode, path: Path) -> None:
        """One condition more."""
        self.count += 1
        if self.count > self.limits.conditions:
            sent = f"The operation has more than {self.limits.conditions:,} conditions"
            raise exceeded("conditions", self.limits.conditions, sent, "Ask for less at once.", [node], path)


@dataclass(frozen=True, slots=True)
class _Lowering:
    conditions: Conditions
    node: FieldNode
    path: Path

    def entry(
        self, type_: GraphQLInputObjectType, value: Mapping[str, Any], spot: Spot, depth: int
    ) -> select.Condition:
        """What an entry must be like; `depth` counts the objects around it, from the operation on."""
        if depth > self.conditions.limits.depth:
            limit = self.conditions.limits.depth
            sent = f"The filter nests deeper than {limit} objects, those around it counted"
            raise exceeded("depth", limit, sent, "Ask for less at once.", [self.node], self._at(spot))
        return _all([self._part(type_, key, each, spot.step(key), depth) for key, each in value.items()])

    def _part(
        self, type_: GraphQLInputObjectType, key: str, value: Any, spot: Spot, depth: int
    ) -> select.Condition:
        self.conditions.add(self.node, self._at(spot))
        means, inner = meaning(type_.fields[key]), _filter(type_.fields[key])
        if value is None and isinstance(means, LeadsTo):
            return select.Not(select.Leads(means.field, select.AllOf(())))
        self._refuse_null(value, spot)
        match means:
            case Combines(make=make):
                spots = [(spot.step(index), each) for index, each in enumerate(value)]
                spots = spots if isinstance(value, list) else [(spot, value)]
                return make(tuple(self.entry(inner, each, place, depth + 1) for place, each in spots))
            case Compares(field=name):
                return _all([self._compare(name, key, each, spot.step(key)) for key, each in value.items()])
            case LeadsTo(field=name):
                return select.Leads(name, self.entry(inner, value, spot, depth + 1))
            case RelatesTo(relation=relation):
                return _all([self._related(relation, inner, each, spot, depth) for each in value.items()])
            case _:
                assert_never(means)

    def _compare(self, name: str, key: str, value: Any, spot: Spot) -> select.Condition:
        operator = _OPERATORS[key]
        self.conditions.add(self.node, self._at(spot))
        if value is None and operator in NULLABLE:
            return select.Compare(name, "is_null", select.Given(operator == "eq"), spot.path)
        self._refuse_null(value, spot)
        argument = select.Given(value) if operator in FLAGS else spot.argument(value)
        return select.Compare(name, operator, argument, spot.path)

    def _related(
        self,
        relation: str | select.Referrers,
        type_: GraphQLInputObjectType,
        given: tuple[str, Any],
        spot: Spot,
        depth: int,
    ) -> select.Condition:
        key, value = given
        inner = spot.step(key)
        self._refuse_null(value, inner)
        condition = self.entry(_filter(type_.fields[key]), value, inner, depth + 1)
        return select.Related(relation, _QUANTIFIERS[key], condition)

    def _refuse_null(self, value: Any, spot: Spot) -> None:
        if value is None:
            raise mistake(
                BAD_USER_INPUT,
                f"`{'.'.join(str(step) for step in spot.path)}` is null, which says nothing.",
                "Leave it out, or ask with `isNull`.",
                [self.node],
                self._at(spot),
            )

    def _at(self, spot: Spot) -> Path:
        return (*self.path, *(str(step) for step in spot.path))


_OPERATORS: dict[str, select.Operator] = {camel_case(each): each for each in get_args(select.Operator)}
_QUANTIFIERS: dict[str, Literal["some", "every", "none"]] = {"some": "some", "every": "every", "none": "none"}


def _filter(field: GraphQLInputField) -> GraphQLInputObjectType:
    inner = get_named_type(field.type)
    if not isinstance(inner, GraphQLInputObjectType):
        raise AssertionError(f"{inner} is no filter")
    return inner


def _all(parts: Sequence[select.Condition]) -> select.Condition:
    return parts[0] if len(parts) == 1 else select.AllOf(tuple(parts))
