"""What is public, compared by a look at every row: the oracle of what changes say that they touched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.step import require

from masthead.store import ROUTE, Change, Database, newest_change, read_changes, tables_of

Place = tuple[str, str]
"""A content type and an entry's id; for an address ROUTE and the address."""


@dataclass
class Watch:
    """What every public entry and address was like when it was last looked at."""

    number: int
    rows: Mapping[Place, str]

    @staticmethod
    async def begin(database: Database) -> "Watch":
        """Nothing is asked of what was before."""
        return Watch(await newest_change(database.drafts), await _rows(database))

    async def check(self, database: Database) -> None:
        """Whatever is other than it was has been touched by a change; where there was one change, nothing
        else has."""
        changes = await read_changes(database.drafts, self.number)
        rows = await _rows(database)
        really = {place for place in {*rows, *self.rows} if rows.get(place) != self.rows.get(place)}
        require(changes is not None, "changes are known")
        assert changes is not None
        numbers = [each.number for each in changes]
        require(numbers == list(range(self.number + 1, self.number + 1 + len(numbers))), "dense", numbers)
        told = {place for change in changes for place in _told(change)}
        require(really <= told, "a change tells of everything that it touches", really - told)
        if len(changes) == 1:
            require(told <= really, "a change tells of nothing else", told - really)
        self.number += len(changes)
        self.rows = rows


def _told(change: Change) -> Iterator[Place]:
    assert change.touches is not None
    for touch in change.touches:
        if touch.type == ROUTE:
            yield from ((ROUTE, row["path"]) for row in (touch.old, touch.new) if row is not None)
        else:
            yield touch.type, str(touch.entry)


async def _rows(database: Database) -> dict[Place, str]:
    tables = tables_of(MODEL, "live")
    parts = [
        f"SELECT '{name}' AS type, id::text AS key, t::text AS said FROM live.\"{table.name}\" AS t"
        for name, table in tables.content.items()
    ]
    parts += [
        f"SELECT '{name}', owner::text, '{field}' || string_agg(t::text, ';' ORDER BY position) "
        f'FROM live."{table.name}" AS t GROUP BY owner'
        for (name, field), table in tables.links.items()
    ]
    parts.append(f"SELECT '{ROUTE}', path, t::text FROM live._route AS t")
    rows: dict[Place, str] = {}
    for row in await database.drafts.fetch(" UNION ALL ".join(parts) + " ORDER BY 1, 2, 3"):
        place = (row["type"], row["key"])
        rows[place] = rows.get(place, "") + row["said"]
    return rows
