"""Errors as GraphQL clients expect them: message, locations, path, `extensions.code`; no internals."""

from collections.abc import Sequence
from typing import Any

import orjson
from graphql import GraphQLError, Node

from masthead.kernel import MastheadError

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
OPERATION_UNKNOWN = "OPERATION_RESOLUTION_FAILURE"
INTERNAL = "INTERNAL_SERVER_ERROR"


class RefusedError(Exception):
    """The operation is refused, for these reasons. `status` is that of HTTP."""

    def __init__(self, errors: Sequence[GraphQLError], status: int = 400) -> None:
        super().__init__(errors[0].message)
        self.errors = tuple(errors)
        self.status = status

    def body(self) -> bytes:
        """The response."""
        return orjson.dumps({"errors": [error.formatted for error in self.errors]})


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """The error with a code, where it has none."""
    extensions: dict[str, Any] = {"code": code, **(error.extensions or {})}
    return GraphQLError(
        error.message, error.nodes, error.source, error.positions, error.path, extensions=extensions
    )


def refuse(errors: Sequence[GraphQLError], code: str) -> RefusedError:
    """Refuse for these reasons, all of one code."""
    return RefusedError([coded(error, code) for error in errors])


def mistake(
    code: str, message: str, remedy: str, nodes: Sequence[Node] = (), path: Sequence[str] = ()
) -> GraphQLError:
    """What is wrong at a place of the document, and what to do instead."""
    return GraphQLError(
        f"{message} {remedy}".strip(),
        list(nodes) or None,
        path=list(path) or None,
        extensions={"code": code, "remedy": remedy},
    )


def public(error: MastheadError, nodes: Sequence[Node] = (), path: Sequence[str] = ()) -> GraphQLError:
    """An error of the house: its code in GraphQL's spelling, its message and its remedy."""
    where = path or (error.place.path.split(".") if error.place and error.place.path else ())
    return mistake(error.code.upper().replace("-", "_"), error.message, error.remedy, nodes, where)


def error_body(error: MastheadError) -> bytes:
    """The response that an error of the house is, where no operation was looked at."""
    return RefusedError([public(error)]).body()
