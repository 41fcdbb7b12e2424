"""What the database knows before an import: the files of an origin, and the entries that were derived."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.edited import load_edited, load_site_fields
from masthead.content.facts import Facts
from masthead.content.known_files import Entry, KnownFile
from masthead.content.values import is_derivable
from masthead.kernel import new_id
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

_ENTRY = (
    "e.id, e.type, e.head, e.published, e.is_derived, e.created_at, e.published_at, e.archived_at, "
    "e.is_edited, r.number"
)
_JOINED = "masthead.entry AS e JOIN masthead.revision AS r ON r.id = e.head"


@dataclass(frozen=True, slots=True)
class DerivedEntry:
    """An entry that exists because others refer to it; `fields` are those of its head."""

    entry: Entry
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """Files by path; derived entries by (type, slug); assets by (digest, file name); what entries claim
    that neither are derived nor as a file of this origin says, by (type, slug) and ("", address), and
    which of them are `drafts`. `site_fields` are what an import last wrote of a site that people edited."""

    files: Mapping[str, KnownFile]
    names: Mapping[tuple[str, str], DerivedEntry]
    assets: Mapping[tuple[str, str], DerivedEntry]
    foreign: Mapping[tuple[str, str], UUID]
    drafts: frozenset[UUID]
    site: Entry | None
    site_fields: Mapping[str, Any] | None = None


NOTHING_KNOWN = Known({}, {}, {}, {}, frozenset(), None)
"""Of a database without Masthead in it."""


def new_entry(content_type: ContentType, now: datetime, *, is_derived: bool = False) -> Entry:
    """An entry that is not there yet."""
    return Entry(new_id(), content_type.identity, None, None, is_derived, now, None, None, 0)


async def load_known(
    transaction: Transaction, model: ContentModel, origin: str, *, overwrite: bool = False
) -> Known:
    """Everything that an import compares with. With `overwrite` edited entries are as any others."""
    names: dict[tuple[str, str], DerivedEntry] = {}
    for content_type in model:
        if not content_type.is_singleton and is_derivable(content_type):
            for each in await _derived(transaction, content_type):
                names[content_type.name, each.fields[slug_field(content_type)]] = each
    assets = {
        (each.fields["digest"], each.fields["filename"]): each
        for each in await _derived(transaction, model["Asset"])
    }
    files = await _files(transaction, origin, overwrite=overwrite)
    files |= await load_edited(transaction, model, files)
    foreign, drafts = await _foreign(transaction, model, origin, overwrite=overwrite)
    site = await _site(transaction, model, overwrite=overwrite)
    stated = await load_site_fields(transaction, site) if site is not None and site.is_edited else None
    return Known(files, names, assets, foreign, drafts, site, stated)


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


async def _files(transaction: Transaction, origin: str, *, overwrite: bool) -> dict[str, KnownFile]:
    rows = await transaction.fetch(
        f"SELECT s.path, s.digest, s.context, s.facts, {_ENTRY} "  # noqa: S608 - constants
        f"FROM masthead.source_file AS s JOIN {_JOINED} ON e.id = s.entry_id WHERE s.origin = $1",
        origin,
    )
    return {row["path"]: _known_file(row, overwrite=overwrite) for row in rows}


def _known_file(row: Mapping[str, Any], *, overwrite: bool) -> KnownFile:
    settings, _, resolution = row["context"].partition(":")
    facts = Facts.from_json(json.loads(row["facts"]))
    return KnownFile(
        row["path"], row["digest"], settings, resolution, facts, _entry(row, overwrite=overwrite)
    )


async def _derived(transaction: Transaction, content_type: ContentType) -> list[DerivedEntry]:
    """Derived entries of a type. Their fields are plain columns: they have no text of their own. An asset
    that people have described is found too: the same bytes are the same asset."""
    plain = [
        field
        for field in content_type.fields
        if isinstance(field.kind, kinds.Text | kinds.Slug | kinds.Integer | kinds.Url)
    ]
    columns = "".join(f', d."{field.column}" AS "_{field.name}"' for field in plain)
    rows = await transaction.fetch(
        f'SELECT {_ENTRY}{columns} FROM draft."{content_type.table}" AS d '  # noqa: S608 - physical names
        f"JOIN {_JOINED} ON e.id = d.id WHERE e.is_derived OR $1",
        content_type.name == "Asset",
    )
    return [DerivedEntry(_entry(row), {field.name: row[f"_{field.name}"] for field in plain}) for row in rows]


async def _foreign(
    transaction: Transaction, model: ContentModel, origin: str, *, overwrite: bool
) -> tuple[dict[tuple[str, str], UUID], frozenset[UUID]]:
    """What is claimed in either stage, and which of those who claim it are not public."""
    claims: dict[tuple[str, str], UUID] = {}
    drafts: set[UUID] = set()
    slugged = [each for each in model if any(isinstance(field.kind, kinds.Slug) for field in each.fields)]
    for content_type in slugged:
        column = content_type[slug_field(content_type)].column
        for stage in ("draft", "live"):
            rows = await transaction.fetch(
                f'SELECT d.id, d.path, d."{column}" AS slug, e.published IS NULL AS is_draft '  # noqa: S608 - physical names
                f'FROM {stage}."{content_type.table}" AS d '
                "JOIN masthead.entry AS e ON e.id = d.id WHERE NOT e.is_derived AND "
                "(e.is_edited AND NOT $2 OR NOT EXISTS ("
                "SELECT FROM masthead.source_file AS s WHERE s.entry_id = e.id AND s.origin = $1))",
                origin,
                overwrite,
            )
            claims |= {(content_type.name, row["slug"]): row["id"] for row in rows if row["slug"]}
            claims |= {("", row["path"]): row["id"] for row in rows if row["path"]}
            drafts |= {row["id"] for row in rows if row["is_draft"]}
    return claims, frozenset(drafts)


async def _site(transaction: Transaction, model: ContentModel, *, overwrite: bool) -> Entry | None:
    rows = await transaction.fetch(
        f"SELECT {_ENTRY} FROM {_JOINED} WHERE e.type = $1",  # noqa: S608 - constants
        model["Site"].identity,
    )
    return _entry(rows[0], overwrite=overwrite) if rows else None


def _entry(row: Mapping[str, Any], *, overwrite: bool = False) -> Entry:
    names = ("id", "type", "head", "published", "is_derived", "created_at", "published_at", "archived_at")
    is_edited = row["is_edited"] and not overwrite
    return Entry(**{name: row[name] for name in names}, number=row["number"], is_edited=is_edited)
