"""`__schema` and `__type`, answered by graphql-core itself: the reference is right about itself."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    execute_sync,
)
from graphql.execution import VariableValues


class Introspecting(Protocol):
    """The operation that introspects."""

    @property
    def definition(self) -> OperationDefinitionNode: ...
    @property
    def fragments(self) -> Mapping[str, FragmentDefinitionNode]: ...
    @property
    def variables(self) -> VariableValues: ...


def introspect(schema: GraphQLSchema, nodes: Sequence[FieldNode], operation: Introspecting) -> bytes:
    """The JSON of one introspection field, which `nodes` select. Raises GraphQLError."""
    alone = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=None,
        variable_definitions=operation.definition.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    given = {
        name: source.value
        for name, source in operation.variables.sources.items()
        if source.value is not Undefined
    }
    result = execute_sync(schema, document, variable_values=given)
    if result.errors:
        raise result.errors[0]
    return orjson.dumps(next(iter((result.data or {}).values())))
