"""What is due, as the scheduler finds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from masthead.content.commands import Publish, PublishRelease, Unpublish
from masthead.store import Transaction

LATE = timedelta(seconds=2)
"""What is done later than that is marked late."""

NEXT_DUE = "SELECT min(due) AS due FROM masthead.schedule WHERE state = 'pending'"

IS_DUE = """
SELECT 1 AS due FROM masthead.schedule
WHERE state = 'pending' AND due <= $1 AND id <> ALL($2::uuid[]) LIMIT 1
"""

_CLAIM = """
SELECT s.id, s.due, s.action, s.entry_id, s.release_id, s.revision_id, s.created_by, e.head
FROM masthead.schedule AS s LEFT JOIN masthead.entry AS e ON e.id = s.entry_id
WHERE s.state = 'pending' AND s.due <= $1 AND s.id <> ALL($2::uuid[])
ORDER BY s.due, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose moment has come: of an entry with its `head` as it is now, or of a release."""

    id: UUID
    due: datetime
    action: str
    entry: UUID | None
    head: UUID | None
    release: UUID | None
    revision: UUID | None
    created_by: UUID | None

    @property
    def command(self) -> Publish | Unpublish | PublishRelease:
        """What it asks for."""
        if self.release is not None:
            return PublishRelease(self.release)
        if self.entry is None or self.head is None:
            raise AssertionError("unreachable: the table checks that it has one subject")
        if self.action == "unpublish":
            return Unpublish(self.entry, self.head)
        return Publish(self.entry, self.head, self.revision)

    def is_late(self, now: datetime) -> bool:
        """Whether it is done so late that it is to be marked."""
        return now - self.due > LATE


async def claim_due(transaction: Transaction, now: datetime, postponed: Collection[UUID]) -> Due | None:
    """The one that has been due longest, its row locked; None where there is none that nobody else holds.
    The exclusive lock comes first, so that no command waits for this row while we wait for it."""
    rows = await transaction.fetch(_CLAIM, now, list(postponed))
    if not rows:
        return None
    row = rows[0]
    ids = {
        name: _plain(row[name]) for name in ("entry_id", "head", "release_id", "revision_id", "created_by")
    }
    return Due(
        UUID(int=row["id"].int),
        row["due"],
        row["action"],
        ids["entry_id"],
        ids["head"],
        ids["release_id"],
        ids["revision_id"],
        ids["created_by"],
    )


def _plain(value: UUID | None) -> UUID | None:
    """The driver's ids are of a class of their own."""
    return None if value is None else UUID(int=value.int)
