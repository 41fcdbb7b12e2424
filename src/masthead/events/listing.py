"""Events, listed for people: those of an entry, those of a type, behind a position or the newest."""

from dataclasses import dataclass
from uuid import UUID

from masthead.events.stored import SELECT_STORED, StoredEvent, stored_event
from masthead.store import Reader


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted: all that is given holds. `type` may end with `*`."""

    type: str | None = None
    entry: UUID | None = None

    def has(self, event: StoredEvent) -> bool:
        """Whether it is one of them."""
        return self._has_type(event.type) and self.entry in (None, event.entry)

    def _has_type(self, name: str) -> bool:
        if self.type is None:
            return True
        return name.startswith(self.type[:-1]) if self.type.endswith("*") else name == self.type


async def list_events(
    reader: Reader, wanted: EventFilter, after: int | None = None, size: int = 50
) -> list[StoredEvent]:
    """At most `size` events in the order of positions: the first behind `after`, None: the newest."""
    order = "DESC" if after is None else "ASC"
    rows = await reader.fetch(
        f"{SELECT_STORED} WHERE position > $1 AND ($2::text IS NULL OR starts_with(type, $2)) "
        "AND ($3::text IS NULL OR type = $3) AND ($4::uuid IS NULL OR entry_id = $4) "
        f"ORDER BY position {order} LIMIT $5",
        -1 if after is None else after,
        wanted.type[:-1] if wanted.type is not None and wanted.type.endswith("*") else None,
        wanted.type if wanted.type is not None and not wanted.type.endswith("*") else None,
        wanted.entry,
        size,
    )
    found = [stored_event(row) for row in rows]
    return found[::-1] if after is None else found


async def find_event(reader: Reader, key: UUID | int) -> StoredEvent | None:
    """The event with an id or at a position; None where there is none (any more)."""
    column = "position" if isinstance(key, int) else "id"
    rows = await reader.fetch(f"{SELECT_STORED} WHERE {column} = $1 AND position IS NOT NULL", key)
    return stored_event(rows[0]) if rows else None


async def count_pending(reader: Reader) -> int:
    """Events that have committed and have no position yet: many mean that no relay runs."""
    rows = await reader.fetch("SELECT count(*) AS pending FROM masthead.event WHERE position IS NULL")
    return int(rows[0]["pending"])
