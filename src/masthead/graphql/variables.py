"""Values of variables: the common ones are checked here in a microsecond, all others by graphql-core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    get_nullable_type,
    get_variable_values,
    parse,
    print_ast,
)
from graphql.execution import VariableValues

from masthead.graphql.document_limits import MOST_ERRORS
from masthead.graphql.errors import BAD_USER_INPUT, refuse
from masthead.graphql.inputs import SCALARS, Coerce, SlowError, coercer_of, input_type
from masthead.graphql.limits import Limits
from masthead.graphql.value_limits import check_values

Values = Mapping[str, Any]
"""Coerced values by name; a variable that was not given and has no default is missing."""

NOTHING: Values = {}


@dataclass(frozen=True, slots=True)
class _Known:
    """A variable: `coerce` takes its plain values; `is_leaf` says that they cannot nest."""

    name: str
    coerce: Coerce
    is_leaf: bool
    is_required: bool
    default: Any


class Coercer:
    """Coerces the variables of one operation."""

    __slots__ = ("_are_leaves", "_definitions", "_known", "_limits", "_schema")

    def __init__(
        self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode], limits: Limits
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._definitions = _without_source(definitions)
        self._known = [_known(schema, definition) for definition in self._definitions]
        self._are_leaves = all(known.is_leaf for known in self._known)

    @property
    def is_required(self) -> bool:
        """Whether there is no value without a request."""
        return any(known.is_required and known.default is Undefined for known in self._known)

    def coerce(self, given: Values | None) -> Values:
        """The values for a request. Raises RefusedError."""
        if not self._known:
            return NOTHING
        given = given or NOTHING
        if not self._are_leaves:
            check_values(given, self._limits)
        fast = self._fast(given)
        if fast is not None:
            return fast
        check_values(given, self._limits)
        return coerce_all(
            self._schema, self._definitions, given, is_suggesting=self._limits.has_introspection
        ).coerced

    def _fast(self, given: Values) -> Values | None:
        values: dict[str, Any] = {}
        for known in self._known:
            value = given.get(known.name, Undefined)
            if value is Undefined:
                if known.default is not Undefined:
                    values[known.name] = known.default
                elif known.is_required:
                    return None
            else:
                try:
                    values[known.name] = known.coerce(value)
                except SlowError:
                    return None
        return values


def coerce_all(
    schema: GraphQLSchema,
    definitions: Sequence[VariableDefinitionNode],
    given: Values,
    *,
    is_suggesting: bool = True,
) -> VariableValues:
    """GraphQL's CoerceVariableValues (specification, section 6.1.2). Raises RefusedError."""
    values = get_variable_values(
        schema, definitions, dict(given), max_errors=MOST_ERRORS, hide_suggestions=not is_suggesting
    )
    if isinstance(values, list):
        raise refuse(values, BAD_USER_INPUT)
    return values


def _known(schema: GraphQLSchema, definition: VariableDefinitionNode) -> _Known:
    type_ = input_type(schema, definition.type)
    is_leaf = get_nullable_type(type_) in SCALARS
    name = definition.variable.name.value
    default: Any = Undefined
    if definition.default_value is not None:
        default = coerce_all(schema, [definition], NOTHING).coerced[name]
    return _Known(name, coercer_of(type_), is_leaf, isinstance(type_, GraphQLNonNull), default)


def _without_source(definitions: Sequence[VariableDefinitionNode]) -> tuple[VariableDefinitionNode, ...]:
    """Copies that do not hold on to the tokens of the whole document."""
    if not definitions:
        return ()
    spelled = f"query ({', '.join(print_ast(each) for each in definitions)}) {{ __typename }}"
    (operation,) = parse(spelled, no_location=True).definitions
    return tuple(operation.variable_definitions or ())  # type: ignore[attr-defined]  # it is an operation
