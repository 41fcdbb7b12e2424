"""The fields of a mutation, one after the other, before any of them is done."""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, get_argument_values

from masthead.access import ANONYMOUS
from masthead.content.commands import Command
from masthead.content.spelling import Told
from masthead.graphql.collect import Collector
from masthead.graphql.editorial.doing import commanding
from masthead.graphql.editorial.failing import command_error
from masthead.graphql.lower import Operation
from masthead.kernel import InputError
from masthead.query import Selection
from masthead.query import selection as select


@dataclass(frozen=True, slots=True)
class Step:
    """One field of a mutation: its command, and what of the outcome is to be shown."""

    node: FieldNode
    command: Command
    type_name: str | None
    idempotency: str | None
    members: select.Members


def steps_of(
    schema: GraphQLSchema, operation: Operation, selection: Selection, told: Told
) -> Iterator[tuple[str, Step | bytes]]:
    """What is to be done for each key of the answer; bytes where no command is. Raises GraphQLError."""
    type_ = schema.mutation_type
    if type_ is None:
        raise AssertionError("the editorial schema has a Mutation")
    collector = Collector(schema, operation.fragments, operation.variables)
    nodes = collector.collect(type_, [operation.definition.selection_set])
    for member in selection.members:
        if isinstance(member.value, select.TypeName):
            yield member.key, orjson.dumps(member.value.name)
        else:
            yield member.key, _step(type_, nodes[member.key][0], member, operation, told)


def _step(
    type_: GraphQLObjectType, node: FieldNode, member: select.Member, operation: Operation, told: Told
) -> Step:
    if not isinstance(member.value, select.RegisteredRow):
        raise AssertionError(f"{member.value} is no outcome")
    field = type_.fields[node.name.value]
    how = commanding(field)
    given = get_argument_values(field, node, operation.variables)
    try:
        command = how.command(given)
    except InputError as error:
        raise command_error(error, told, ANONYMOUS, how.type_name, [node], [member.key]) from error
    return Step(node, command, how.type_name, given.get("idempotencyKey"), member.value.members)
