"""Which entries of a list are wanted."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.argument import Argument
from masthead.query.selection.source import Referrers

Operator = Literal[
    "eq",
    "ne",
    "in",
    "not_in",
    "lt",
    "lte",
    "gt",
    "gte",
    "contains",
    "starts_with",
    "ends_with",
    "eq_insensitive",
    "contains_insensitive",
    "starts_with_insensitive",
    "ends_with_insensitive",
    "has",
    "has_every",
    "has_some",
    "is_empty",
    "is_null",
]
"""What a condition does with a field's value; `query.operators` says which kinds take which."""


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition on a field of the entry. Conditions are true or false, never unknown: a comparison with
    a null is false, `ne` and `not_in` are the exact opposites of `eq` and `in`. The value of `is_null` and
    `is_empty` is a Given(bool); "equals null" is lowered to `is_null`. `place` is where the value stands in
    the request, for errors: ("where", "title", "eq")."""

    field: str
    operator: Operator
    value: Argument
    place: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; true without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds; false without parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Leads:
    """The entry that the to-one reference `field` leads to is there, and fulfils the condition."""

    field: str
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """Some, every or none of the related entries fulfil the condition. `relation` is the name of a list of
    references, or the Referrers that refer to this entry. `every` holds where there are none."""

    relation: "str | Referrers"
    quantifier: Literal["some", "every", "none"]
    condition: "Condition"


Condition = Compare | AllOf | AnyOf | Not | Leads | Related
"""Which entries of a connection are wanted."""
