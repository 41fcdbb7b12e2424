"""What a change of the public content has touched, row by row: what caches and live queries react to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.model import kinds

ROUTE = "_route"
"""The type of a touched address: a row of `live._route`, whose only value is `path`."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One public row that is not as it was. `type` is the content type's name; `entry` the entry's id, of a
    link or block table the owner's.

    `old` and `new` are the row's values by column, as JSON spells them; None: there was, or is, no row. Both
    None: nothing is known of it. Those columns are there of which `is_compared` holds, and of a list of
    references that was touched its column, with the ids of all its targets. A column that is in neither was
    not touched, or is none that is compared: so a touch of nothing but links has only those, and an entry
    that is new or gone has no links in a list that is left out.
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


def is_compared(kind: kinds.Kind) -> bool:
    """Whether a touch says what is in a field of this kind. Long texts, JSON and blocks are left out: of a
    change of nothing else a touch has equal `old` and `new`."""
    return not isinstance(kind, kinds.Markdown | kinds.Json | kinds.Blocks)
