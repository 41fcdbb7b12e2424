"""Rows of the platform's, which only editors read."""

from dataclasses import dataclass

from masthead.query.selection.argument import Argument
from masthead.query.selection.member import Members


@dataclass(frozen=True, slots=True)
class RegisteredValue:
    """One value of a row of the platform's; only inside the three below."""

    name: str


@dataclass(frozen=True, slots=True)
class RegisteredRow:
    """A row of the platform's, which only editors read: what is registered of an entry ("entry"), a revision
    or an account that another row leads to; at the root the release whose id `key` is. `query.registry` has
    the relations."""

    relation: str
    members: Members = ()
    key: Argument | None = None


@dataclass(frozen=True, slots=True)
class RegisteredRows:
    """Rows that belong to another: revisions, schedules, items; at the root releases. The first `size`, of
    those whose number or id is less than `below`."""

    relation: str
    size: int = 20
    below: Argument | None = None
    members: Members = ()


@dataclass(frozen=True, slots=True)
class RegisteredEntry:
    """The entry that an item of a release is about; null where it may not be seen."""

    variants: tuple[tuple[str, Members], ...] = ()
