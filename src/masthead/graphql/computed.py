"""Computed fields in GraphQL: their part of the schema, and what an answer says of those that failed."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from graphql import GraphQLField

from masthead.graphql.field import Nullable, deprecated, list_of, selecting
from masthead.model import ComputedField, kinds
from masthead.query import Failure, FieldComputer, Plan
from masthead.query import selection as select

FIELD_FAILED = "FIELD_FAILED"

Leaf = Callable[[Any], tuple[Nullable, tuple[tuple[str, str], ...]]]
"""The type of a scalar or enumeration, and how it calls the values of the latter."""


def computed_field(field: ComputedField, leaf: Leaf) -> GraphQLField:
    """The field, always nullable: a value that cannot be had is null and takes nothing else away."""
    if isinstance(field.kind, kinds.Scalars):
        item, names = leaf(field.kind.item)
        type_: Nullable = list_of(item)
    else:
        type_, names = leaf(field.kind)
    value = select.Computed(field.name, names)
    return deprecated(selecting(type_, value, field.description), field.deprecation)


async def completed(computer: FieldComputer, plan: Plan, data: bytes) -> bytes:
    """The response, with what Python computes in its `data` and an error for each value that failed."""
    data, failures = await computer.complete(plan.slots, data)
    if not failures:
        return b'{"data":%b}' % data
    return b'{"errors":%b,"data":%b}' % (orjson.dumps(failed_fields(failures)), data)


def failed_fields(failures: Sequence[Failure]) -> list[dict[str, Any]]:
    """An error for each value that failed."""
    return [
        {
            "message": f"{each.field} {_reason(each)} {_REMEDY}",
            "path": each.path,
            "extensions": {"code": FIELD_FAILED, "remedy": _REMEDY},
        }
        for each in failures
    ]


_REMEDY = "The server's log says why."


def _reason(failure: Failure) -> str:
    return "was not computed in time." if failure.is_late else "could not be computed."
