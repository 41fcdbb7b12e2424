"""What an operation may select once its fragments are spread, and what that may cost."""

from collections.abc import Mapping, Sequence

from graphql import FieldNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode

from masthead.graphql.errors import RefusedError
from masthead.graphql.introspection_cost import introspection_cost
from masthead.graphql.limits import Limits, exceeded
from masthead.query import Selection, cost_of

Path = tuple[str, ...]

VISITS = 5
"""Selections that may be looked at for each field that may be selected: fragments name fields again."""

_LESS = "Ask for less at once."


def check_selection(
    grouped: Mapping[str, Sequence[FieldNode]], path: Path, fields: int, visits: int, limits: Limits
) -> None:
    """Bound the fields of one object and of the operation so far. Raises GraphQLError."""
    if not path and len(grouped) > limits.root_fields:
        sent = f"The operation selects {len(grouped):,} fields of Query"
        raise exceeded("root_fields", limits.root_fields, sent, "Split it.")
    if fields > limits.fields or visits > limits.fields * VISITS:
        sent = f"The operation selects more than {limits.fields:,} fields, its fragments spread"
        raise exceeded("fields", limits.fields, sent, _LESS)
    for key, nodes in grouped.items():
        if len(nodes) > limits.repeats:
            sent = f"The operation selects `{key}` {len(nodes):,} times at one place"
            raise exceeded("repeats", limits.repeats, sent, "Select it once.", nodes[:1], (*path, key))


def check_depth(nodes: Sequence[FieldNode], path: Path, limits: Limits) -> None:
    """Bound objects inside objects. Raises GraphQLError."""
    if len(path) > limits.depth:
        sent = f"The operation nests objects deeper than {limits.depth:,}"
        raise exceeded("depth", limits.depth, sent, _LESS, nodes[:1], path)


def check_introspection(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    limits: Limits,
) -> None:
    """Bound what graphql-core will be asked to execute. Raises RefusedError."""
    cost = introspection_cost(schema, operation, fragments)
    if cost > limits.cost:
        sent = f"The operation's introspection costs about {cost:,}"
        raise RefusedError([exceeded("cost", limits.cost, sent, _LESS)])


def check_cost(selection: Selection, limits: Limits) -> None:
    """Bound the rows times what each of them shows. Raises RefusedError."""
    cost = cost_of(selection.members, limits.page_size)
    if cost > limits.cost:
        sent = f"The operation costs about {cost:,} (rows times what each of them shows)"
        raise RefusedError(
            [exceeded("cost", limits.cost, sent, "Ask for smaller pages, or for fewer fields.")]
        )
