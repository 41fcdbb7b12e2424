"""`@live`: the directive that keeps a query's answer up to date, and what an operation says with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    BooleanValueNode,
    ConstDirectiveNode,
    DirectiveLocation,
    DirectiveNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDefaultInput,
    GraphQLDirective,
    GraphQLNonNull,
    OperationDefinitionNode,
    VariableNode,
)

LIVE = GraphQLDirective(
    "live",
    [DirectiveLocation.QUERY],
    {
        "if": GraphQLArgument(
            GraphQLNonNull(GraphQLBoolean),
            default=GraphQLDefaultInput(True),
            description="Whether it is; otherwise there is one answer.",
        ),
        "patch": GraphQLArgument(
            GraphQLNonNull(GraphQLBoolean),
            default=GraphQLDefaultInput(False),
            description="Whether answers behind the first are told as RFC 6902 patches of `data`.",
        ),
    },
    description="Over Server-Sent Events or a WebSocket: the answer is sent again whenever it is another.",
)

Said = bool | str
"""A value, or the name of the variable that has it."""


@dataclass(frozen=True, slots=True)
class Liveness:
    """What `@live` says at an operation."""

    when: Said = True
    patch: Said = False

    def is_live(self, values: Mapping[str, Any]) -> bool:
        """Whether it is with these values of variables."""
        return _value(self.when, values, default=True)

    def is_patched(self, values: Mapping[str, Any]) -> bool:
        """Whether patches are wanted."""
        return _value(self.patch, values, default=False)


def liveness_of(operation: OperationDefinitionNode) -> Liveness | None:
    """What an operation that is valid says; None where it does not say that it is live."""
    for directive in operation.directives or ():
        if directive.name.value == LIVE.name:
            said = _said(directive)
            return Liveness(said.get("if", True), said.get("patch", False))
    return None


def _said(directive: DirectiveNode | ConstDirectiveNode) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for argument in directive.arguments or ():
        match argument.value:
            case BooleanValueNode(value=value):
                found[argument.name.value] = value
            case VariableNode(name=name):
                found[argument.name.value] = name.value
            case _:
                raise AssertionError("validation has said that it is a Boolean")
    return found


def _value(said: Said, values: Mapping[str, Any], *, default: bool) -> bool:
    return bool(values.get(said, default)) if isinstance(said, str) else said
