"""Which entry an address means, also where it is in no stage."""

from uuid import UUID

import orjson

from masthead.access import Viewer
from masthead.kernel import NotFoundError
from masthead.query import RowReader
from masthead.rest.address import ROOT
from masthead.rest.problem import not_found
from masthead.rest.resource import Resource
from masthead.rest.service import Rest

_OF_TYPE = "SELECT to_json(e.id) FROM masthead.entry AS e WHERE e.type = $1 ORDER BY e.id LIMIT 1"
_TYPES = (
    "SELECT to_json(e.type) FROM unnest($1::uuid[]) WITH ORDINALITY AS i(id, n) "
    "LEFT JOIN masthead.entry AS e ON e.id = i.id ORDER BY i.n"
)

_OF_SCHEDULE = (
    "SELECT to_json(s.id) FROM masthead.schedule AS s "
    "WHERE s.id = $1 AND (s.entry_id = $2::uuid OR s.release_id = $3::uuid)"
)


class Targets:
    """Finds entries. Whether somebody may know of them, the command asks."""

    def __init__(self, drafts: Rest, reader: RowReader) -> None:
        self._drafts = drafts
        self._reader = reader
        self._names = {each.type.identity: each.type.name for each in drafts.resources}

    async def named(self, resource: Resource, key: str, viewer: Viewer) -> UUID:
        """The entry at an address that ends with an id or a slug. Raises NotFoundError."""
        if (found := _id(key)) is not None:
            return await self.of_id(resource, found)
        draft = await self._drafts.get(f"{ROOT}/{resource.name}/{key}", b"fields=id", viewer)
        return UUID(orjson.loads(draft.body)["id"])

    async def of_id(self, resource: Resource, entry: UUID) -> UUID:
        """The id, if it is that of an entry of the type. Raises NotFoundError."""
        if await self.types([entry]) != [resource.type.name]:
            raise not_found(resource.type.name, str(entry))
        return entry

    async def only(self, resource: Resource) -> UUID:
        """The entry of a singleton. Raises NotFoundError."""
        rows = await self._reader.fetch_rows(_OF_TYPE, [resource.type.identity])
        if not rows or rows[0][0] is None:
            raise not_found(resource.type.name, "")
        return UUID(orjson.loads(rows[0][0]))

    async def schedule(self, key: str, *, entry: UUID | None = None, release: UUID | None = None) -> UUID:
        """The id of a schedule of that entry, or release. Raises NotFoundError."""
        if (found := _id(key)) is not None:
            rows = await self._reader.fetch_rows(_OF_SCHEDULE, [found, entry, release])
            if rows:
                return found
        raise NotFoundError(
            "schedule-unknown", f"There is no schedule {key[:80]} here.", "List what is scheduled."
        )

    async def types(self, entries: list[UUID]) -> list[str | None]:
        """The names of the entries' types; None for what is no entry."""
        rows = await self._reader.fetch_rows(_TYPES, [entries])
        found = [None if row[0] is None else orjson.loads(row[0]) for row in rows]
        return [None if each is None else self._names.get(each) for each in found]


def _id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
