"""Previews as they are kept: what each shows, until when, who made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from masthead.store import Transaction

Kind = Literal["revision", "latest", "release"]


@dataclass(frozen=True, slots=True)
class OfRevision:
    """One revision of an entry, whatever comes after it."""

    entry: UUID
    revision: UUID


@dataclass(frozen=True, slots=True)
class OfLatest:
    """The head of an entry, as it is when somebody looks."""

    entry: UUID


@dataclass(frozen=True, slots=True)
class OfRelease:
    """A release as a whole, as it is when somebody looks."""

    release: UUID


Subject = OfRevision | OfLatest | OfRelease


@dataclass(frozen=True, slots=True)
class Preview:
    """A link that shows what is not public."""

    id: UUID
    subject: Subject
    expires_at: datetime
    created_by: UUID | None
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def kind(self) -> Kind:
        """What it is of."""
        match self.subject:
            case OfRevision():
                return "revision"
            case OfLatest():
                return "latest"
            case OfRelease():
                return "release"

    def is_open(self, now: datetime) -> bool:
        """Whether it shows anything."""
        return self.revoked_at is None and now < self.expires_at


_COLUMNS = "id, kind, entry_id, revision_id, release_id, expires_at, created_by, created_at, revoked_at"


async def add_preview(transaction: Transaction, preview: Preview) -> None:
    """Keep a new one."""
    subject = preview.subject
    await transaction.execute(
        f"INSERT INTO masthead.preview ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",  # noqa: S608 - a constant
        preview.id,
        preview.kind,
        None if isinstance(subject, OfRelease) else subject.entry,
        subject.revision if isinstance(subject, OfRevision) else None,
        subject.release if isinstance(subject, OfRelease) else None,
        preview.expires_at,
        preview.created_by,
        preview.created_at,
    )


async def find_preview(transaction: Transaction, key: UUID, *, is_locked: bool = False) -> Preview | None:
    """The preview of that id."""
    lock = " FOR UPDATE" if is_locked else ""
    rows = await transaction.fetch(f"SELECT {_COLUMNS} FROM masthead.preview WHERE id = $1{lock}", key)  # noqa: S608 - constants
    return _preview(rows[0]) if rows else None


async def open_previews(transaction: Transaction, now: datetime, creator: UUID | None) -> list[Preview]:
    """Those that show something, the newest first; those of one account, where it is named."""
    rows = await transaction.fetch(
        f"SELECT {_COLUMNS} FROM masthead.preview WHERE revoked_at IS NULL AND expires_at > $1 "  # noqa: S608 - a constant
        "AND ($2::uuid IS NULL OR created_by = $2) ORDER BY id DESC",
        now,
        creator,
    )
    return [_preview(row) for row in rows]


async def revoke_preview(transaction: Transaction, key: UUID, now: datetime) -> None:
    """It shows nothing from now on."""
    await transaction.execute("UPDATE masthead.preview SET revoked_at = $2 WHERE id = $1", key, now)


def _preview(row: Mapping[str, Any]) -> Preview:
    return Preview(
        _id(row["id"]),
        _subject(row),
        row["expires_at"],
        None if row["created_by"] is None else _id(row["created_by"]),
        row["created_at"],
        row["revoked_at"],
    )


def _subject(row: Mapping[str, Any]) -> Subject:
    match row["kind"]:
        case "revision":
            return OfRevision(_id(row["entry_id"]), _id(row["revision_id"]))
        case "latest":
            return OfLatest(_id(row["entry_id"]))
        case "release":
            return OfRelease(_id(row["release_id"]))
        case unknown:
            raise AssertionError(f"{unknown} is no kind of preview")


def _id(value: UUID) -> UUID:
    """The driver's ids are of a class of their own, which not everything can write."""
    return UUID(int=value.int)
