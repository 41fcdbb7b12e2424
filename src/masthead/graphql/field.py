"""Fields of the schema that carry the piece of a Selection they ask for, in their extensions."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLUnionType,
)

from masthead.query import selection as select

Nullable = (
    GraphQLScalarType
    | GraphQLObjectType
    | GraphQLInterfaceType
    | GraphQLUnionType
    | GraphQLEnumType
    | GraphQLList[Any]
)
"""The type of a field that may be null."""

_SELECTS = "selects"


def selecting(
    type_: GraphQLOutputType,
    value: select.Value,
    description: str = "",
    args: Mapping[str, GraphQLArgument] | None = None,
) -> GraphQLField:
    """A field of this type that asks for `value`; what it nests is filled in from the document."""
    return GraphQLField(
        type_, args=dict(args or {}), description=description or None, extensions={_SELECTS: value}
    )


def deprecated(field: GraphQLField, reason: str | None) -> GraphQLField:
    """The field, with why it should not be used any more where there is a reason."""
    if reason is None:
        return field
    return GraphQLField(
        field.type,
        args=field.args,
        description=field.description,
        deprecation_reason=reason,
        extensions=field.extensions,
    )


def selected(field: GraphQLField) -> select.Value:
    """The piece of a Selection that the field asks for."""
    value: select.Value = field.extensions[_SELECTS]
    return value


def non_null(type_: Nullable) -> GraphQLNonNull[Any]:
    """`type_!`."""
    return GraphQLNonNull(type_)


def list_of(type_: Nullable | GraphQLInputObjectType) -> GraphQLList[Any]:
    """`[type_!]`."""
    return GraphQLList(GraphQLNonNull(type_))
