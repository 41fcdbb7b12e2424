"""Values of variables: the common ones are checked here in a microsecond, all others by graphql-core."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    get_variable_values,
    parse,
    print_ast,
    type_from_ast,
)
from graphql.execution import VariableValues

from masthead.graphql.document_limits import MOST_ERRORS
from masthead.graphql.errors import BAD_USER_INPUT, refuse
from masthead.graphql.limits import Limits
from masthead.graphql.value_limits import check_values

Values = Mapping[str, Any]
"""Coerced values by name; a variable that was not given and has no default is missing."""

NOTHING: Values = {}


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_boolean(value: object) -> bool:
    return type(value) is bool


def _is_int(value: object) -> bool:
    return type(value) is int and -(2**31) <= value < 2**31


_FAST: dict[str, Callable[[object], bool]] = {
    "String": _is_text,
    "ID": _is_text,
    "Boolean": _is_boolean,
    "Int": _is_int,
}
"""Scalars whose coercion leaves these very values as they are."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A variable of a scalar in _FAST, or of something else (`is_value` None)."""

    name: str
    is_value: Callable[[object], bool] | None
    is_required: bool
    default: Any


class Coercer:
    """Coerces the variables of one operation."""

    __slots__ = ("_definitions", "_known", "_limits", "_schema")

    def __init__(
        self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode], limits: Limits
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._definitions = _without_source(definitions)
        self._known = [_known(schema, definition) for definition in self._definitions]

    def coerce(self, given: Values | None) -> Values:
        """The values for a request. Raises RefusedError."""
        if not self._known:
            return NOTHING
        fast = self._fast(given or NOTHING)
        if fast is not None:
            return fast
        given = given or NOTHING
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
            elif known.is_value is not None and known.is_value(value):
                values[known.name] = value
            else:
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
    type_ = type_from_ast(schema, definition.type)
    is_required = isinstance(type_, GraphQLNonNull)
    named = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    name = definition.variable.name.value
    default: Any = Undefined
    if definition.default_value is not None:
        default = coerce_all(schema, [definition], NOTHING).coerced[name]
    return _Known(name, _FAST.get(str(named)), is_required, default)


def _without_source(definitions: Sequence[VariableDefinitionNode]) -> tuple[VariableDefinitionNode, ...]:
    """Copies that do not hold on to the tokens of the whole document."""
    if not definitions:
        return ()
    spelled = f"query ({', '.join(print_ast(each) for each in definitions)}) {{ __typename }}"
    (operation,) = parse(spelled, no_location=True).definitions
    return tuple(operation.variable_definitions or ())  # type: ignore[attr-defined]  # it is an operation
