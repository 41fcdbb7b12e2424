"""The fields of a mutation, one after the other, before any of them is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, get_argument_values

from masthead.access import ANONYMOUS
from masthead.content.commands import Command
from masthead.content.spelling import Told
from masthead.graphql.collect import Collector
from masthead.graphql.editorial.asking import Ask, asking
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


@dataclass(frozen=True, slots=True)
class Question:
    """One field that is asked of a room, and what of its answer is to be shown."""

    node: FieldNode
    ask: Ask
    given: dict[str, Any]
    value: select.Value


def question_of(
    schema: GraphQLSchema, node: FieldNode, value: select.Value, operation: Operation
) -> Question | None:
    """What a field at the root asks of a room; None where it asks none."""
    if node.name.value.startswith("__"):
        return None
    field = _root(schema, operation).fields[node.name.value]
    ask = asking(field)
    if ask is None:
        return None
    return Question(node, ask, get_argument_values(field, node, operation.variables), value)


def steps_of(
    schema: GraphQLSchema, operation: Operation, selection: Selection, told: Told
) -> Iterator[tuple[str, Step | Question | bytes]]:
    """What is to be done for each key of the answer; bytes where no command is. Raises GraphQLError."""
    nodes = root_fields(schema, operation)
    for member in selection.members:
        if isinstance(member.value, select.TypeName):
            yield member.key, orjson.dumps(member.value.name)
        else:
            node = nodes[member.key]
            question = question_of(schema, node, member.value, operation)
            yield member.key, question or _step(_root(schema, operation), node, member, operation, told)


def root_fields(schema: GraphQLSchema, operation: Operation) -> dict[str, FieldNode]:
    """The fields at the root of an operation, by their keys in the answer."""
    collector = Collector(schema, operation.fragments, operation.variables)
    found = collector.collect(_root(schema, operation), [operation.definition.selection_set])
    return {key: nodes[0] for key, nodes in found.items()}


def _root(schema: GraphQLSchema, operation: Operation) -> GraphQLObjectType:
    type_ = schema.get_root_type(operation.definition.operation)
    if type_ is None:
        raise AssertionError("validation has said that there is such an operation")
    return type_


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
