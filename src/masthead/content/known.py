"""What the database knows before an import: the files of an origin, and the entries that were derived."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.facts import Facts
from masthead.content.values import is_derivable
from masthead.kernel import new_id
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

_ENTRY = (
    "e.id, e.type, e.head, e.published, e.is_derived, e.created_at, e.published_at, e.archived_at, r.number"
)
_JOINED = "masthead.entry AS e JOIN masthead.revision AS r ON r.id = e.head"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry's row in the registry. `number` is its head revision's; 0 for one that is not there yet."""

    id: UUID
    type: str
    head: UUID | None
    published: UUID | None
    is_derived: bool
    created_at: datetime
    published_at: datetime | None
    archived_at: datetime | None
    number: int

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


@dataclass(frozen=True, slots=True)
class DerivedEntry:
    """An entry that exists because others refer to it; `fields` are those of its head."""

    entry: Entry
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """Files by path; derived entries by (type, slug); assets by (digest, file name); what entries claim
    that neither are derived nor come from this origin, by (type, slug) and ("", address)."""

    files: Mapping[str, KnownFile]
    names: Mapping[tuple[str, str], DerivedEntry]
    assets: Mapping[tuple[str, str], DerivedEntry]
    foreign: Mapping[tuple[str, str], UUID]
    site: Entry | None


NOTHING_KNOWN = Known({}, {}, {}, {}, None)
"""Of a database without Masthead in it."""


def new_entry(content_type: ContentType, now: datetime, *, is_derived: bool = False) -> Entry:
    """An entry that is not there yet."""
    return Entry(new_id(), content_type.identity, None, None, is_derived, now, None, None, 0)


async def load_known(transaction: Transaction, model: ContentModel, origin: str) -> Known:
    """Everything that an import compares with."""
    names: dict[tuple[str, str], DerivedEntry] = {}
    for content_type in model:
        if not content_type.is_singleton and is_derivable(content_type):
            for each in await _derived(transaction, content_type):
                names[content_type.name, each.fields[slug_field(content_type)]] = each
    assets = {
        (each.fields["digest"], each.fields["filename"]): each
        for each in await _derived(transaction, model["Asset"])
    }
    files = await _files(transaction, origin)
    foreign = await _foreign(transaction, model, origin)
    return Known(files, names, assets, foreign, await _site(transaction, model))


def slug_field(content_type: ContentType) -> str:
    """The name of the type's slug field."""
    return next(field.name for field in content_type.fields if isinstance(field.kind, kinds.Slug))


async def load_snapshots(transaction: Transaction, revisions: list[UUID]) -> dict[UUID, str]:
    """The snapshots of revisions, as JSON text."""
    if not revisions:
        return {}
    rows = await transaction.fetch(
        "SELECT id, snapshot FROM masthead.revision WHERE id = ANY($1::uuid[])", revisions
    )
    return {row["id"]: row["snapshot"] for row in rows}


async def _files(transaction: Transaction, origin: str) -> dict[str, KnownFile]:
    rows = await transaction.fetch(
        f"SELECT s.path, s.digest, s.context, s.facts, {_ENTRY} "  # noqa: S608 - constants
        f"FROM masthead.source_file AS s JOIN {_JOINED} ON e.id = s.entry_id WHERE s.origin = $1",
        origin,
    )
    return {row["path"]: _known_file(row) for row in rows}


def _known_file(row: Mapping[str, Any]) -> KnownFile:
    settings, _, resolution = row["context"].partition(":")
    facts = Facts.from_json(json.loads(row["facts"]))
    return KnownFile(row["path"], row["digest"], settings, resolution, facts, _entry(row))


async def _derived(transaction: Transaction, content_type: ContentType) -> list[DerivedEntry]:
    """Derived entries of a type. Their fields are plain columns: they have no text of their own."""
    plain = [
        field
        for field in content_type.fields
        if isinstance(field.kind, kinds.Text | kinds.Slug | kinds.Integer | kinds.Url)
    ]
    columns = "".join(f', d."{field.column}" AS "_{field.name}"' for field in plain)
    rows = await transaction.fetch(
        f'SELECT {_ENTRY}{columns} FROM draft."{content_type.table}" AS d '  # noqa: S608 - physical names
        f"JOIN {_JOINED} ON e.id = d.id WHERE e.is_derived"
    )
    return [DerivedEntry(_entry(row), {field.name: row[f"_{field.name}"] for field in plain}) for row in rows]


async def _foreign(transaction: Transaction, model: ContentModel, origin: str) -> dict[tuple[str, str], UUID]:
    claims: dict[tuple[str, str], UUID] = {}
    for content_type in model:
        if not any(isinstance(field.kind, kinds.Slug) for field in content_type.fields):
            continue
        column = content_type[slug_field(content_type)].column
        rows = await transaction.fetch(
            f'SELECT d.id, d.path, d."{column}" AS slug FROM draft."{content_type.table}" AS d '  # noqa: S608 - physical names
            "JOIN masthead.entry AS e ON e.id = d.id WHERE NOT e.is_derived AND NOT EXISTS ("
            "SELECT FROM masthead.source_file AS s WHERE s.entry_id = e.id AND s.origin = $1)",
            origin,
        )
        claims |= {(content_type.name, row["slug"]): row["id"] for row in rows if row["slug"]}
        claims |= {("", row["path"]): row["id"] for row in rows if row["path"]}
    return claims


async def _site(transaction: Transaction, model: ContentModel) -> Entry | None:
    rows = await transaction.fetch(
        f"SELECT {_ENTRY} FROM {_JOINED} WHERE e.type = $1",  # noqa: S608 - constants
        model["Site"].identity,
    )
    return _entry(rows[0]) if rows else None


def _entry(row: Mapping[str, Any]) -> Entry:
    names = ("id", "type", "head", "published", "is_derived", "created_at", "published_at", "archived_at")
    return Entry(**{name: row[name] for name in names}, number=row["number"])
