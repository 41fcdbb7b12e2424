"""The scalars beyond GraphQL's own, and which one carries which kind of field."""

from collections.abc import Callable
from typing import Any, assert_never

from graphql import (
    ConstValueNode,
    FloatValueNode,
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLString,
    IntValueNode,
    StringValueNode,
    Undefined,
)

from masthead.kernel import InputError
from masthead.model import kinds
from masthead.query import is_int32, read_operand


def _input(kind: kinds.Kind) -> Callable[[Any], Any]:
    """A check of what a client sends. The value stays as it is: it is read where it is bound."""

    def check(value: Any) -> Any:
        try:
            read_operand(kind, "eq", value)
        except InputError as error:
            # Not a GraphQLError: graphql-core adds the place and the path to all others.
            raise ValueError(f"{error.message} {error.remedy}") from error
        return value

    return check


def _digits(node: ConstValueNode) -> str:
    """A literal number as it is spelled: a float would round it."""
    if not isinstance(node, IntValueNode | FloatValueNode | StringValueNode):
        raise ValueError("Pass a number, or a string of its digits.")
    return str(_decimal(node.value))


_decimal = _input(kinds.Decimal())
_json = _input(kinds.Json())


def _given(value: Any) -> Any:
    """JSON without the variables inside that have no value: validation knows none of them."""
    match value:
        case dict():
            return {key: _given(each) for key, each in value.items() if each is not Undefined}
        case list():
            return [None if each is Undefined else _given(each) for each in value]
        case _:
            return value


DATE_TIME = GraphQLScalarType(
    "DateTime",
    coerce_input_value=_input(kinds.DateTime()),
    description="A moment in UTC as RFC 3339 spells it: 2025-03-19T08:30:00+00:00, with up to six "
    "digits of a second's fraction where it is not zero. Any offset may be sent.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
)
DATE = GraphQLScalarType(
    "Date",
    coerce_input_value=_input(kinds.Date()),
    description="A calendar date: 2025-03-19.",
)
DECIMAL = GraphQLScalarType(
    "Decimal",
    coerce_input_value=_decimal,
    coerce_input_literal=_digits,
    description='An exact decimal number, as a string so that no client rounds it: "12.50".',
)
BIG_INT = GraphQLScalarType(
    "BigInt",
    coerce_input_value=_input(kinds.Integer()),
    description='An integer of up to 64 bits, as a string so that no client rounds it: "42".',
)
JSON = GraphQLScalarType(
    "JSON", coerce_input_value=lambda value: _json(_given(value)), description="Any JSON value."
)

ScalarKind = (
    kinds.Text
    | kinds.Integer
    | kinds.Float
    | kinds.Decimal
    | kinds.Boolean
    | kinds.Date
    | kinds.DateTime
    | kinds.Url
    | kinds.Slug
    | kinds.Json
)


def scalar_of(kind: ScalarKind) -> GraphQLScalarType:
    """The scalar that carries a kind of field."""
    match kind:
        case kinds.Text() | kinds.Url() | kinds.Slug():
            return GraphQLString
        case kinds.Integer():
            return GraphQLInt if is_int32(kind) else BIG_INT
        case kinds.Float():
            return GraphQLFloat
        case kinds.Decimal():
            return DECIMAL
        case kinds.Boolean():
            return GraphQLBoolean
        case kinds.Date():
            return DATE
        case kinds.DateTime():
            return DATE_TIME
        case kinds.Json():
            return JSON
        case _:
            assert_never(kind)
