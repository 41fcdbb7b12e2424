"""What can be done to entries: one class a command. Python, GraphQL and REST speak in these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

PublishingAction = Literal["publish", "unpublish"]


@dataclass(frozen=True, slots=True)
class Create:
    """A new entry, a draft. `fields` are JSON values by field name; what is left out is missing."""

    type: str
    fields: Mapping[str, Any]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Save:
    """A new revision. `fields` are those that change, by name; null takes a value away. `base` is the
    revision that the change was made on: where it is not the head any more, both changes are merged."""

    entry: UUID
    base: UUID
    fields: Mapping[str, Any]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """Make `revision` public (None: the head, which then is `base`). `along` are entries that are to be
    published in the same transaction because this one refers to them; `is_along` takes all that are
    missing."""

    entry: UUID
    base: UUID
    revision: UUID | None = None
    along: Sequence[UUID] = ()
    is_along: bool = False


@dataclass(frozen=True, slots=True)
class Unpublish:
    """Take an entry out of what is public; it stays as a draft."""

    entry: UUID
    base: UUID


@dataclass(frozen=True, slots=True)
class Schedule:
    """Publish or unpublish an entry at a moment (aware). `revision` None: what is the head then."""

    entry: UUID
    base: UUID
    action: PublishingAction
    at: datetime
    revision: UUID | None = None


@dataclass(frozen=True, slots=True)
class Unschedule:
    """Cancel what is scheduled and has not run."""

    schedule: UUID


@dataclass(frozen=True, slots=True)
class Restore:
    """A new revision with the fields of an older one."""

    entry: UUID
    base: UUID
    revision: UUID
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new draft with the fields of an entry's head; its slugs are made new."""

    entry: UUID


@dataclass(frozen=True, slots=True)
class Archive:
    """Take an entry out of both stages; its revisions stay, and `Unarchive` brings it back as a draft."""

    entry: UUID
    base: UUID


@dataclass(frozen=True, slots=True)
class Unarchive:
    """Bring an archived entry back as a draft."""

    entry: UUID
    base: UUID


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove an archived entry and its revisions for good."""

    entry: UUID
    base: UUID


EntryCommand = (
    Create
    | Save
    | Publish
    | Unpublish
    | Schedule
    | Unschedule
    | Restore
    | Duplicate
    | Archive
    | Unarchive
    | Delete
)


@dataclass(frozen=True, slots=True)
class Bulk:
    """Several commands in one transaction: all, or none of them."""

    commands: Sequence[EntryCommand]


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """One change of a release. `revision` None: what is the head at that moment."""

    entry: UUID
    action: PublishingAction = "publish"
    revision: UUID | None = None


@dataclass(frozen=True, slots=True)
class CreateRelease:
    """A named set of changes."""

    name: str
    items: Sequence[ReleaseItem] = ()


@dataclass(frozen=True, slots=True)
class ChangeRelease:
    """Rename an open release, put items in (one an entry) and take entries out."""

    release: UUID
    name: str | None = None
    put: Sequence[ReleaseItem] = ()
    take: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class PublishRelease:
    """Do everything of a release at one instant, in one transaction."""

    release: UUID


@dataclass(frozen=True, slots=True)
class ScheduleRelease:
    """Publish a release at a moment (aware)."""

    release: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class DropRelease:
    """Give an open release up; its entries stay as they are."""

    release: UUID


ReleaseCommand = CreateRelease | ChangeRelease | PublishRelease | ScheduleRelease | DropRelease
Command = EntryCommand | Bulk | ReleaseCommand


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry after a command: its head, its public revision. `state` is draft, published, changed (public,
    with a newer head), archived or deleted. `is_merged`: others had changed it meanwhile."""

    entry: UUID
    type: str
    head: UUID
    number: int
    published: UUID | None
    state: Literal["draft", "published", "changed", "archived", "deleted"]
    is_merged: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: every entry it changed, those published along too, the one it named first.
    `is_repeated`: an idempotency key said that it was done before, and this is what came of it then."""

    entries: Sequence[Changed] = ()
    schedule: UUID | None = None
    release: UUID | None = None
    is_repeated: bool = False
    detail: Mapping[str, Any] = field(default_factory=dict)
