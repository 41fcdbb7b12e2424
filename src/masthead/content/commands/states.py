"""An entry as a command finds it, and as it leaves it. Immutable: a command makes another one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from masthead.content.addresses import public_path
from masthead.content.commands.command import Changed
from masthead.content.records import Record, Version
from masthead.content.snapshot import Snapshot
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Stage

StateName = Literal["draft", "published", "changed", "archived", "deleted"]


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that an entry points to."""

    id: UUID
    number: int
    snapshot: Snapshot
    created_at: datetime

    @property
    def version(self) -> Version:
        """As the projection takes it."""
        return Version(self.snapshot.fields, self.created_at, self.snapshot.old_addresses)


@dataclass(frozen=True, slots=True)
class Claims:
    """What nobody else can have while an entry is public: its address, its slugs by field; and the old
    addresses that lead to it."""

    address: str | None
    slugs: frozenset[tuple[str, str]]
    old_addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryState:
    """An entry's row in the registry, with the two revisions that it points to."""

    id: UUID
    content_type: ContentType
    head: Revision
    published: Revision | None
    is_derived: bool
    created_at: datetime
    published_at: datetime | None
    archived_at: datetime | None
    owner: UUID | None
    is_deleted: bool = False

    @property
    def is_there(self) -> bool:
        """Whether it is in the draft stage."""
        return self.archived_at is None and not self.is_deleted

    @property
    def name(self) -> StateName:
        """The state, in the words of an Outcome."""
        if self.is_deleted:
            return "deleted"
        if self.archived_at is not None:
            return "archived"
        if self.published is None:
            return "draft"
        return "published" if self.published.id == self.head.id else "changed"

    def shown(self, stage: Stage) -> Revision | None:
        """The revision that the stage shows."""
        if not self.is_there:
            return None
        return self.published if stage == "live" else self.head

    def address(self, stage: Stage) -> str | None:
        """The entry's path in the stage."""
        revision = self.shown(stage)
        return None if revision is None else public_path(self.content_type, revision.snapshot.fields)

    @property
    def claims(self) -> Claims | None:
        """What it takes while it is public; None while it is not."""
        if (revision := self.shown("live")) is None:
            return None
        fields = revision.snapshot.fields
        slugs = frozenset(
            (field.name, fields[field.name])
            for field in self.content_type.fields
            if isinstance(field.kind, kinds.Slug) and fields.get(field.name) is not None
        )
        address = public_path(self.content_type, fields)
        return Claims(address, slugs, revision.snapshot.old_addresses)

    def record(self, model: ContentModel, *, draft: bool = True, live: bool = True) -> Record:
        """As the projection takes it, with the stages that are asked for."""
        head = self.shown("draft") if draft else None
        published = self.shown("live") if live else None
        head_version = None if head is None else head.version
        is_same = head is not None and published is not None and head.id == published.id
        live_version = head_version if is_same else None if published is None else published.version
        return Record(
            model,
            self.id,
            self.content_type,
            self.created_at,
            self.published_at,
            head_version,
            live_version,
        )

    def changed(self, *, is_merged: bool = False) -> Changed:
        """As an Outcome tells it."""
        published = None if self.published is None else self.published.id
        return Changed(
            self.id, self.content_type.name, self.head.id, self.head.number, published, self.name, is_merged
        )


def label(content_type: ContentType, snapshot: Snapshot, entry: UUID) -> str:
    """What people call an entry: Post "Hello"; its id where it has no words."""
    for field in content_type.fields:
        if isinstance(field.kind, kinds.Text) and (text := snapshot.fields.get(field.name)):
            shown = text if len(text) <= 60 else f"{text[:59]}…"
            return f'{content_type.name} "{shown}"'
    return f"{content_type.name} {entry}"
