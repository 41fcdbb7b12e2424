"""A revision, as it is shown to people and programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of an entry's history. `author` and `token` are None for the platform itself. `base` is the
    revision that it was made on: another than the one before it says that it was merged. `model` is the
    digest of the ContentModel of its time. `was_published`: it is public, or was once."""

    id: UUID
    entry: UUID
    number: int
    created_at: datetime
    source: str
    model: str
    author: UUID | None = None
    author_name: str | None = None
    token: UUID | None = None
    token_name: str | None = None
    base: UUID | None = None
    base_number: int | None = None
    note: str | None = None
    is_head: bool = False
    is_published: bool = False
    was_published: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {
            "id": str(self.id),
            "entry": str(self.entry),
            "number": self.number,
            "createdAt": self.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "source": self.source,
            "author": _named(self.author, self.author_name),
            "token": _named(self.token, self.token_name),
            "base": None if self.base is None else {"id": str(self.base), "number": self.base_number},
            "note": self.note,
            "model": self.model,
            "isHead": self.is_head,
            "isPublished": self.is_published,
            "wasPublished": self.was_published,
        }


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """Some of an entry's revisions, the newest first. `before` is what to ask for the next page with; None
    where this is the last one."""

    revisions: Sequence[Revision]
    before: int | None

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {"revisions": [each.to_json() for each in self.revisions], "before": self.before}


@dataclass(frozen=True, slots=True)
class RevisionFields:
    """A revision with what it holds. `fields` are by their present names; `unknown` is what the content
    model has no more, by the names that it had; `extra` is front matter that fitted no field."""

    revision: Revision
    fields: Mapping[str, Any]
    unknown: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    old_addresses: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {
            "revision": self.revision.to_json(),
            "fields": dict(self.fields),
            "unknown": dict(self.unknown),
            "extra": dict(self.extra),
            "oldAddresses": list(self.old_addresses),
        }


def _named(identity: UUID | None, name: str | None) -> dict[str, Any] | None:
    return None if identity is None else {"id": str(identity), "name": name}
