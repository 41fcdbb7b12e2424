"""What one operation may ask for. Each limit is refused by name, with its value and with what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import GraphQLError, Node

from masthead.graphql.errors import mistake


@dataclass(frozen=True, slots=True)
class Limits:
    """Every bound of an operation; docs/reference/graphql.md says what each of them counts.

    `request_bytes` and `document_bytes` are bytes, `execution_seconds` seconds, all others counts.
    `has_introspection` also decides whether errors suggest names.
    """

    request_bytes: int = 1_048_576
    batch: int = 0
    document_bytes: int = 65_536
    tokens: int = 8_000
    depth: int = 20
    aliases: int = 50
    root_fields: int = 25
    directives: int = 50
    fields: int = 2_000
    repeats: int = 100
    values: int = 10_000
    value_depth: int = 40
    page_size: int = 500
    offset: int = 10_000
    order_keys: int = 20
    conditions: int = 100
    cost: int = 500_000
    execution_seconds: float = 10.0
    has_introspection: bool = True


def exceeded(
    name: str, allowed: int, sent: str, remedy: str, nodes: Sequence[Node] = (), path: Sequence[str] = ()
) -> GraphQLError:
    """The error of what goes beyond the limit `name`. `sent` says how far, as a clause."""
    message = f"{sent}; the limit `{name}` is {allowed:,}."
    return mistake(f"{name.upper()}_EXCEEDED", message, remedy, nodes, path)


def timed_out(limits: Limits) -> GraphQLError:
    """The error of what PostgreSQL was not done with in time."""
    return mistake(
        "EXECUTION_TIMEOUT",
        f"The operation took longer than the limit `execution_seconds`, {limits.execution_seconds:g}.",
        "Ask for less at once.",
    )
