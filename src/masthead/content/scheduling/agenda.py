"""The agenda: what is to come, and what became of what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from masthead.content.history import EntryName
from masthead.content.history.entry_names import read_names
from masthead.model import ContentModel
from masthead.store import Reader

_AGENDA = """
SELECT s.id, s.due, s.action, s.state, s.is_late, s.ran_at, s.entry_id, s.release_id, r.name AS release_name,
    s.revision_id, a.name AS creator, s.error
FROM masthead.schedule AS s
LEFT JOIN masthead.release AS r ON r.id = s.release_id
LEFT JOIN masthead.account AS a ON a.id = s.created_by
WHERE s.state = 'pending' OR $1
ORDER BY s.state <> 'pending', CASE WHEN s.state = 'pending' THEN s.due END, s.due DESC, s.id LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule, with the names of what it is about. `due` and `ran_at` are UTC; `revision` None: the head
    of that moment. `error` of one that failed: code, message, remedy, faults."""

    id: UUID
    due: datetime
    action: str
    state: str
    is_late: bool
    ran_at: datetime | None
    entry: UUID | None
    entry_name: EntryName | None
    release: UUID | None
    release_name: str | None
    revision: UUID | None
    creator: str | None
    error: Mapping[str, Any] | None

    @property
    def subject(self) -> str:
        """What people call it: Post "Hello", release "Spring"."""
        if self.release is not None:
            return f'release "{self.release_name}"'
        if self.entry_name is None:
            return str(self.entry)
        return f'{self.entry_name.type} "{self.entry_name.title or self.entry}"'


async def read_agenda(
    reader: Reader, model: ContentModel, *, is_all: bool = False, size: int = 100
) -> list[Scheduled]:
    """What is pending, the next first; with `is_all` behind it what is over, the newest first. Whether
    somebody may see it is asked before."""
    rows = await reader.fetch(_AGENDA, is_all, size)
    names = await read_names(reader, model, [str(row["entry_id"]) for row in rows if row["entry_id"]])
    return [_scheduled(row, names) for row in rows]


def _scheduled(row: Mapping[str, Any], names: Mapping[str, EntryName]) -> Scheduled:
    return Scheduled(
        id=row["id"],
        due=row["due"],
        action=row["action"],
        state=row["state"],
        is_late=row["is_late"],
        ran_at=row["ran_at"],
        entry=row["entry_id"],
        entry_name=names.get(str(row["entry_id"])),
        release=row["release_id"],
        release_name=row["release_name"],
        revision=row["revision_id"],
        creator=row["creator"],
        error=None if row["error"] is None else orjson.loads(row["error"]),
    )
