"""Entries that people have changed since a file was imported into them: an import leaves them alone.

What such an entry claims is what it is now, not what its file says; so the facts in force for its file are
replaced.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from masthead.content.known_files import Entry, KnownFile
from masthead.content.report import Problem
from masthead.kernel import Place
from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

_REMEDY = (
    "Make the change in the entry, or `masthead import --overwrite`: what was edited stays in its history."
)


def edited_here(file: str, entry: UUID) -> Problem:
    """Of a file that has changed, and whose entry has been edited since."""
    return Problem(
        "edited-here",
        f"The file has changed, and its entry {entry} was edited in Masthead since it was imported. "
        "The entry is left as it is.",
        _REMEDY,
        Place(file, 1, 1),
    )


async def load_edited(
    transaction: Transaction, model: ContentModel, files: Mapping[str, KnownFile]
) -> dict[str, KnownFile]:
    """The files of edited entries, with what these claim now."""
    edited = {path: each for path, each in files.items() if each.entry.is_edited}
    now: dict[UUID, Mapping[str, Any]] = {}
    for content_type in model:
        ids = [each.entry.id for each in edited.values() if each.entry.type == content_type.identity]
        if ids:
            now |= await _claims(transaction, content_type, ids)
    return {path: _as_it_is(each, now.get(each.entry.id)) for path, each in edited.items()}


async def load_site_fields(transaction: Transaction, site: Entry) -> Mapping[str, Any]:
    """What an import last said of the site; nothing if none ever did."""
    found = await transaction.fetch_value(
        "SELECT snapshot -> 'fields' FROM masthead.revision "
        "WHERE entry_id = $1 AND source = 'import' ORDER BY number DESC LIMIT 1",
        site.id,
    )
    return {} if found is None else dict(json.loads(found))


async def _claims(
    transaction: Transaction, content_type: ContentType, ids: Sequence[UUID]
) -> dict[UUID, Mapping[str, Any]]:
    slugs = [field.column for field in content_type.fields if isinstance(field.kind, kinds.Slug)]
    slug = f'"{slugs[0]}"' if slugs else "NULL"
    rows = await transaction.fetch(
        f'SELECT id, path, {slug} AS slug FROM draft."{content_type.table}" WHERE id = ANY($1::uuid[])',  # noqa: S608 - physical names
        list(ids),
    )
    return {row["id"]: row for row in rows}


def _as_it_is(file: KnownFile, claims: Mapping[str, Any] | None) -> KnownFile:
    """The file with facts of what its entry is now; an archived one claims nothing."""
    address = None if claims is None else claims["path"]
    first, *others = file.facts.keys or ((), (), ())
    facts = replace(
        file.facts,
        slug=None if claims is None else claims["slug"],
        address=address,
        is_draft=file.entry.published is None,
        keys=((*first, *([address] if address else [])), *others),
        urls=(),
        files=(),
        needs=(),
        mentions=(),
        entries=(),
    )
    return replace(file, facts=facts)
