"""What the registry says of an entry, and of a file that an earlier import has read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from masthead.content.facts import Facts


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry's row in the registry. `number` is its head revision's; 0 for one that is not there yet.
    `is_edited`: people have changed it since a file was imported into it, and imports leave it alone."""

    id: UUID
    type: str
    head: UUID | None
    published: UUID | None
    is_derived: bool
    created_at: datetime
    published_at: datetime | None
    archived_at: datetime | None
    number: int
    is_edited: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is to be inserted."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file of an earlier import. `settings` and `resolution` say what else was read then."""

    path: str
    digest: str
    settings: str
    resolution: str
    facts: Facts
    entry: Entry
