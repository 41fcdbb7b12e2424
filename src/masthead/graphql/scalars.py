"""The scalars beyond GraphQL's own, and which one carries which kind of field."""

from typing import assert_never

from graphql import (
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLString,
)

from masthead.model import kinds
from masthead.query import is_int32

DATE_TIME = GraphQLScalarType(
    "DateTime",
    description="A moment in UTC as RFC 3339 spells it: 2025-03-19T08:30:00+00:00, with up to six "
    "digits of a second's fraction where it is not zero.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
)
DATE = GraphQLScalarType("Date", description="A calendar date: 2025-03-19.")
DECIMAL = GraphQLScalarType(
    "Decimal", description='An exact decimal number, as a string so that no client rounds it: "12.50".'
)
BIG_INT = GraphQLScalarType(
    "BigInt", description='An integer of up to 64 bits, as a string so that no client rounds it: "42".'
)
JSON = GraphQLScalarType("JSON", description="Any JSON value.")

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
