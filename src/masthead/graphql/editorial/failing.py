"""Why a mutation was refused, as a GraphQL error: code, remedy, every fault, both sides of a clash."""

from collections.abc import Sequence

from graphql import GraphQLError, Node

from masthead.access import Viewer
from masthead.content.spelling import Told
from masthead.graphql.errors import public
from masthead.kernel import MastheadError

CODES = {"not-signed-in": "UNAUTHENTICATED", "not-allowed": "FORBIDDEN"}
"""Codes that GraphQL's clients know under another name."""


def graphql_code(code: str) -> str:
    """A code of the house in GraphQL's spelling."""
    return CODES.get(code) or code.upper().replace("-", "_")


def command_error(
    error: MastheadError,
    told: Told,
    viewer: Viewer,
    type_name: str | None,
    nodes: Sequence[Node],
    path: Sequence[str],
) -> GraphQLError:
    """The error of the field at `path`."""
    found = public(error, nodes, path)
    extensions = {
        **(found.extensions or {}),
        "code": graphql_code(error.code),
        **told.details(error, viewer, type_name),
    }
    return GraphQLError(found.message, list(nodes) or None, path=list(path) or None, extensions=extensions)
