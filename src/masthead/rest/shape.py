"""Which part of a request decides the SQL: the key of its plan.

The trap is a key that leaves something out: two requests would share a plan, and one would get the other's
rows. So a parameter counts by its whole value unless this page says that its value is a parameter of the
statement.
"""

from collections.abc import Hashable

from masthead.rest.paging import AFTER, BEFORE, nulls_of
from masthead.rest.query_string import Parameters

Shape = tuple[tuple[str, Hashable], ...]

SEARCH = "search"

_FLAGS = ("[isNull]", "[isEmpty]")


def shape_of(parameters: Parameters) -> Shape:
    """Names in their order, each with what a plan must know of its value. Raises InputError for a cursor
    that is none."""
    return tuple([(name, _aspect(name, value)) for name, value in parameters.items()])


def _aspect(name: str, value: str) -> Hashable:
    if name.startswith("filter["):
        # A flag is part of the condition; any other operand is sent beside the statement.
        return value if name.endswith(_FLAGS) else None
    if name == SEARCH:
        return None
    return nulls_of(name, value) if name in (AFTER, BEFORE) else value
