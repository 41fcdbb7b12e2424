"""What a change of the public content has touched, row by row: what caches and live queries react to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

ROUTE = "_route"
"""The type of a touched address: a row of `live._route`, whose only value is `path`."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One public row that is not as it was. `type` is the content type's name; `entry` the entry's id, of a
    link or block table the owner's.

    `old` and `new` are the row's values by column, as JSON spells them, without those of texts that nobody
    filters by exactly (`is_compared` says which are there); None: there was, or is, no row. A touched list of
    references has the owner's row in both, or neither where it is not known.
    """

    type: str
    entry: UUID
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction that changed what is public: its number in the order of commits, without gaps.

    `touches` is None when too many rows were touched to be told one by one: then `types` were, whole.
    """

    number: int
    types: frozenset[str]
    touches: tuple[Touch, ...] | None
