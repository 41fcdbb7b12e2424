"""What an import is going to write, decided before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.known_files import Entry
from masthead.content.records import Record, Version
from masthead.content.report import Problem
from masthead.model import ContentModel, ContentType


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of masthead.source_file, and the file's bytes when a revision was made of them."""

    path: str
    digest: str
    context: str
    facts: str
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Work:
    """One entry to be written with a new revision."""

    entry: Entry
    revision: UUID
    content_type: ContentType
    version: Version
    extra: Mapping[str, Any]
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    is_public: bool
    is_derived: bool
    source: SourceRow | None

    @property
    def number(self) -> int:
        """The revision's number."""
        return self.entry.number + 1

    def published_at(self, now: datetime) -> datetime | None:
        """When the entry was first published."""
        return self.entry.published_at or (now if self.is_public else None)

    def record(self, model: ContentModel, now: datetime) -> Record:
        """The entry as it will be."""
        return Record(
            model,
            self.entry.id,
            self.content_type,
            self.entry.created_at,
            self.published_at(now),
            self.version,
            self.version if self.is_public else None,
        )


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything to be written. `relocated` are source rows of entries without a new revision: by entry
    id; `forgotten` are paths whose rows go (the file moved); `archived` are entries to archive; `problems`
    are those of what is left as it is."""

    works: tuple[Work, ...]
    relocated: tuple[tuple[UUID, SourceRow], ...] = ()
    forgotten: tuple[str, ...] = ()
    archived: tuple[UUID, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.works or self.relocated or self.forgotten or self.archived)
