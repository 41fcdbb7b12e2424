"""Reading an entry's revisions."""

import asyncio
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from masthead.content.history.changes import FieldChange, RevisionDiff
from masthead.content.history.difference import compare_fields
from masthead.content.history.entry_names import read_names
from masthead.content.history.revisions import Revision, RevisionFields, RevisionPage
from masthead.content.history.terms import in_present_terms
from masthead.content.snapshot import Snapshot
from masthead.kernel import NotFoundError
from masthead.model import ContentModel, ContentType
from masthead.store import Database, Reader

_LARGEST_PAGE = 500

_COLUMNS = """
r.id, r.entry_id AS entry, r.number, r.created_at, r.source, r.model, r.author, a.name AS author_name,
r.token, t.name AS token_name, r.base, b.number AS base_number, r.note, e.head = r.id AS is_head,
coalesce(e.published = r.id, false) AS is_published,
coalesce(e.published = r.id, false) OR r.id::text IN (SELECT p.revision FROM published AS p)
    OR coalesce(r.source = 'import' AND e.published_at <= r.created_at, false) AS was_published
"""
_JOINED = """
FROM masthead.revision AS r
JOIN masthead.entry AS e ON e.id = r.entry_id
LEFT JOIN masthead.account AS a ON a.id = r.author
LEFT JOIN masthead.api_token AS t ON t.id = r.token
LEFT JOIN masthead.revision AS b ON b.id = r.base
"""
# What was published is in the audit log; an import writes none there, and publishes what it brings in unless
# the file says otherwise.
_PUBLISHED = """
WITH published AS MATERIALIZED (
    SELECT coalesce(detail ->> 'published', detail ->> 'revision') AS revision FROM masthead.audit
    WHERE subject = $1::uuid::text AND action = 'entry.publish' AND outcome = 'done'
)
"""
_PAGE = f"""{_PUBLISHED} SELECT {_COLUMNS} {_JOINED}
WHERE r.entry_id = $1 AND ($2::integer IS NULL OR r.number < $2) ORDER BY r.number DESC LIMIT $3
"""
_ONE = f"""{_PUBLISHED} SELECT {_COLUMNS}, e.type, r.snapshot {_JOINED}
WHERE r.entry_id = $1 AND (r.id = $2::uuid OR r.number = $3::integer)
"""


class History:
    """The revisions of a publication's entries. Whether somebody may see them is asked before: this shows
    everything. `reader` is the pool that it reads from; by default the one that writes."""

    def __init__(self, database: Database, model: ContentModel, reader: Reader | None = None) -> None:
        self._reader = reader or database.drafts
        self._model = model
        self._older: dict[str, ContentModel | None] = {}

    async def list(self, entry: UUID, *, before: int | None = None, size: int = 50) -> RevisionPage:
        """A page of the entry's revisions, the newest first: those with a smaller number than `before`.

        Raises NotFoundError for an entry that is not there.
        """
        size = max(1, min(size, _LARGEST_PAGE))
        rows = await self._reader.fetch(_PAGE, entry, before, size + 1)
        if not rows and (before is None or not await self._is_there(entry)):
            raise NotFoundError("entry-missing", f"There is no entry {entry}.", "Look its id up again.")
        found = [Revision(**row) for row in rows[:size]]
        return RevisionPage(found, found[-1].number if len(rows) > size else None)

    async def revision(self, entry: UUID, which: UUID | int) -> RevisionFields:
        """What the entry was in a revision, that is named by its id or its number. Raises NotFoundError."""
        found, _ = await self._read(entry, which)
        return found

    async def diff(
        self, entry: UUID, before: UUID | int, after: UUID | int, hidden: Collection[str] = ()
    ) -> RevisionDiff:
        """What differs between two revisions, without the `hidden` fields. Raises NotFoundError."""
        one, content_type = await self._read(entry, before)
        two, _ = await self._read(entry, after)
        sides = [_without({**each.unknown, **each.fields}, hidden) for each in (one, two)]
        # In a thread: long texts take a while, and others are served meanwhile.
        changes = await asyncio.to_thread(compare_fields, self._model, content_type, sides[0], sides[1])
        names = await read_names(self._reader, self._model, _ids_in(changes))
        return RevisionDiff(one.revision, two.revision, changes, names)

    async def type_of(self, entry: UUID) -> str | None:
        """The name of the entry's content type; None where there is no such entry."""
        rows = await self._reader.fetch("SELECT type FROM masthead.entry WHERE id = $1", entry)
        names = {each.identity: each.name for each in self._model}
        return names.get(rows[0]["type"]) if rows else None

    async def _read(self, entry: UUID, which: UUID | int) -> tuple[RevisionFields, ContentType]:
        identity, number = (None, min(max(which, 0), 2**31 - 1)) if isinstance(which, int) else (which, None)
        rows = await self._reader.fetch(_ONE, entry, identity, number)
        if not rows:
            raise NotFoundError(
                "revision-missing", f"Entry {entry} has no revision {which}.", "Choose one of its history."
            )
        row = dict(rows[0])
        snapshot, type_identity = Snapshot.from_json(row.pop("snapshot")), row.pop("type")
        content_type = next((each for each in self._model if each.identity == type_identity), None)
        if content_type is None:
            raise NotFoundError(
                "type-missing",
                f"Entry {entry} is of a content type that content.py has no more.",
                "Bring the class back to read it.",
            )
        older = await self._older_model(row["model"])
        named = in_present_terms(self._model, content_type, older, snapshot.fields)
        found = RevisionFields(
            Revision(**row), named.known, named.unknown, snapshot.extra, snapshot.old_addresses
        )
        return found, content_type

    async def _older_model(self, digest: str) -> ContentModel | None:
        """The model of that digest, which never changes: read once."""
        if digest not in self._older:
            rows = await self._reader.fetch(
                "SELECT model FROM masthead.applied_model WHERE digest = $1 LIMIT 1", digest
            )
            self._older[digest] = ContentModel.from_json(json.loads(rows[0]["model"])) if rows else None
        return self._model if digest == self._model.digest else self._older[digest]

    async def _is_there(self, entry: UUID) -> bool:
        return bool(await self._reader.fetch("SELECT id FROM masthead.entry WHERE id = $1", entry))


def _without(fields: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in hidden}


def _ids_in(changes: Iterable[FieldChange]) -> Iterator[str]:
    """The ids that the changes show, those in blocks included."""
    for change in changes:
        if change.kind in ("reference", "references"):
            for value in (change.before, change.after):
                yield from value if isinstance(value, list) else [value] if isinstance(value, str) else []
        for block in change.blocks:
            yield from _ids_in(block.fields)
