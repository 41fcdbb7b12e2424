"""Filters in variables, fast: their values are coerced, and their shapes taken, by functions that are made
of the input types once. What is wrong in a value is left to graphql-core, whose errors say where.

The shape of a filter is all of it but its values: which keys it has, how long `and` and `or` are, what is
null, and what `isNull` and `isEmpty` say. It decides the SQL, so it is part of a plan's key. It is taken
by type and not by key: a field of the model may be called `eq`.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, assert_never

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    TypeNode,
    Undefined,
    VariableDefinitionNode,
    get_named_type,
    is_input_type,
    type_from_ast,
)

Coerce = Callable[[Any], Any]
Shape = Callable[[Any], Hashable]

SCALARS: dict[GraphQLScalarType, Callable[[Any], bool]] = {
    GraphQLString: lambda value: type(value) is str,
    GraphQLID: lambda value: type(value) is str,
    GraphQLBoolean: lambda value: type(value) is bool,
    GraphQLInt: lambda value: type(value) is int and -(2**31) <= value < 2**31,
    GraphQLFloat: lambda value: type(value) is float and value - value == 0,
}
"""Scalars whose coercion leaves these very values as they are."""


class SlowError(Exception):
    """The value needs graphql-core: it is wrong, or of an unusual form."""


@lru_cache(maxsize=4096)
def coercer_of(type_: GraphQLInputType) -> Coerce:
    """What coerces the plain values of a type as graphql-core does; raises SlowError for all others."""
    match type_:
        case GraphQLNonNull(of_type=inner):
            return _required(coercer_of(inner))
        case GraphQLList(of_type=item):
            return _list(coercer_of(item))
        case GraphQLInputObjectType():
            return _object(type_)
        case GraphQLEnumType():
            return _enum(type_)
        case GraphQLScalarType() if type_ in SCALARS:
            return _same(SCALARS[type_])
        case GraphQLScalarType():
            return _checked(type_)
        case _:
            assert_never(type_)


def _required(coerce: Coerce) -> Coerce:
    def required(value: Any) -> Any:
        if value is None:
            raise SlowError
        return coerce(value)

    return required


def _list(coerce: Coerce) -> Coerce:
    def many(value: Any) -> Any:
        if type(value) is list:
            return [coerce(each) for each in value]
        return None if value is None else [coerce(value)]

    return many


def _object(type_: GraphQLInputObjectType) -> Coerce:
    fields: dict[str, Coerce] = {}  # the types are circles: each field's coercer is made when it is used

    def field(name: str) -> Coerce:
        # What has defaults, renames or exclusive keys is not as plain as a filter.
        found = type_.fields.get(name) if type(name) is str and not type_.is_one_of else None
        if found is None or found.default is not None or found.out_name:
            raise SlowError
        fields[name] = coercer_of(found.type)
        return fields[name]

    def members(value: Any) -> Any:
        if type(value) is dict:
            return {key: (fields.get(key) or field(key))(each) for key, each in value.items()}
        if value is None:
            return None
        raise SlowError

    return members


def _enum(type_: GraphQLEnumType) -> Coerce:
    values: dict[Any, Any] = {None: None} | {name: each.value for name, each in type_.values.items()}

    def called(value: Any) -> Any:
        try:
            return values[value]
        except (KeyError, TypeError) as error:
            raise SlowError from error

    return called


def _same(is_value: Callable[[Any], bool]) -> Coerce:
    def same(value: Any) -> Any:
        if value is None or is_value(value):
            return value
        raise SlowError

    return same


def _checked(type_: GraphQLScalarType) -> Coerce:
    def checked(value: Any) -> Any:
        try:
            return None if value is None else type_.coerce_input_value(value)
        except (GraphQLError, ValueError) as error:
            raise SlowError from error

    return checked


def filter_shape(type_: GraphQLInputType) -> Shape:
    """The shape of a variable's coerced value, wherever in a filter it stands; of a value alone it is
    whether there is one, and whether that is null."""
    shape = _shape_of(type_)
    return lambda value: _ABSENT if value is Undefined else shape(value)


def filter_shapes(schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]) -> dict[str, Shape]:
    """The shape of each variable of an operation, by name."""
    return {each.variable.name.value: filter_shape(input_type(schema, each.type)) for each in definitions}


def input_type(schema: GraphQLSchema, node: TypeNode) -> GraphQLInputType:
    """The type that a variable's definition names, which validation has found there."""
    type_ = type_from_ast(schema, node)
    if not is_input_type(type_):
        raise AssertionError(f"{type_} is no type of a variable")
    return type_


_ABSENT = "absent"
_FLAGS = frozenset({"isNull", "isEmpty"})


@lru_cache(maxsize=4096)
def _shape_of(type_: GraphQLInputType) -> Shape:
    match type_:
        case GraphQLNonNull(of_type=inner):
            return _shape_of(inner)
        case GraphQLList(of_type=item) if isinstance(get_named_type(item), GraphQLInputObjectType):
            shape = _shape_of(item)
            return lambda value: None if value is None else tuple([shape(each) for each in value])
        case GraphQLInputObjectType():
            return _object_shape(type_)
        case _ if type_ is GraphQLBoolean:
            return _itself
        case _:
            return _presence


def _presence(value: Any) -> Hashable:
    return value is not None


def _itself(value: Any) -> Hashable:
    """A boolean may be what `isNull` says."""
    found: Hashable = value
    return found


def _object_shape(type_: GraphQLInputObjectType) -> Shape:
    fields: dict[str, Shape] = {}

    def field(name: str) -> Shape:
        inner = type_.fields[name].type
        fields[name] = _presence if inner is GraphQLBoolean and name not in _FLAGS else _shape_of(inner)
        return fields[name]

    def members(value: Any) -> Hashable:
        if value is None:
            return None
        shapes = [(key, (fields.get(key) or field(key))(each)) for key, each in value.items()]
        # In one order, so that what differs in that alone shares a plan.
        return tuple(sorted(shapes) if len(shapes) > 1 else shapes)

    return members
