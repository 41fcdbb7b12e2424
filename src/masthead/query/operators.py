"""Which operators a field takes in a filter, by its kind: every front door is made from this one table."""

from typing import assert_never

from masthead.model import kinds
from masthead.query.selection import Operator

Operators = tuple[Operator, ...]

IDENTITY: Operators = ("eq", "ne", "in", "not_in")
EQUALITY: Operators = (*IDENTITY, "is_null")
ORDERING: Operators = ("eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte", "is_null")
TEXT: Operators = (
    *("eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte"),
    *("contains", "starts_with", "ends_with", "eq_insensitive"),
    *("contains_insensitive", "starts_with_insensitive", "ends_with_insensitive", "is_null"),
)
LIST: Operators = ("has", "has_every", "has_some", "is_empty", "is_null")

LISTED: frozenset[Operator] = frozenset({"in", "not_in", "has_every", "has_some"})
"""The operators whose value is a list of values."""

FLAGS: frozenset[Operator] = frozenset({"is_null", "is_empty"})
"""The operators whose value is true or false, whatever the field's kind; it decides the SQL."""

NULLABLE: frozenset[Operator] = frozenset({"eq", "ne"})
"""The operators that take null: they are then `is_null`, or its opposite."""


def operators_of(kind: kinds.Kind | None) -> Operators:
    """The operators of a field of this kind, None for `id`. References have none: a filter goes through
    them, to the entries they lead to. Blocks have none either."""
    match kind:
        case None:
            return IDENTITY
        case kinds.Text() | kinds.Url() | kinds.Slug():
            return TEXT
        case kinds.Integer() | kinds.Float() | kinds.Decimal() | kinds.Date() | kinds.DateTime():
            return ORDERING
        case kinds.Boolean():
            return ("eq", "ne", "is_null")
        case kinds.Enumeration():
            return EQUALITY
        case kinds.Json():
            return ("eq", "contains", "is_null")
        case kinds.Markdown():
            return ("contains", "contains_insensitive", "is_null")
        case kinds.Scalars():
            return LIST
        case kinds.Reference() | kinds.References() | kinds.Blocks():
            return ()
        case _:
            assert_never(kind)
