"""An operation planned for people who want to see the plan: refusals name the line."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from masthead.access import Policies
from masthead.graphql.engine import Engine
from masthead.graphql.errors import RefusedError
from masthead.graphql.variables import Values
from masthead.kernel import InputError
from masthead.model import ContentModel
from masthead.query import Plan


class _NoReader:
    async def fetch_rows(self, sql: str, arguments: Any = ()) -> Sequence[Sequence[bytes | None]]:  # noqa: ARG002
        raise AssertionError("a plan is made without reading")


def plan_operation(
    model: ContentModel,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    policies: Policies | None = None,
) -> tuple[Plan, Values]:
    """The plan of the operation over what is public, as nobody who is signed in sees it, and the values of
    its variables.

    Raises InputError with everything that is wrong, each with its line.
    """
    try:
        engine = Engine(model, _NoReader(), policies=policies)
        return engine.plan(document, variables, operation_name)
    except RefusedError as error:
        raise InputError(
            "operation-refused",
            "The operation is refused. " + " ".join(_spelled(each) for each in error.errors),
            "Mend the document or the variables.",
        ) from error


def _spelled(error: GraphQLError) -> str:
    if not error.locations:
        return error.message
    line, column = error.locations[0]
    return f"Line {line}, column {column}: {error.message}"
