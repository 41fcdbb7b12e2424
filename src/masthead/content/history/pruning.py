"""Removing the revisions that a policy does not keep, some at a time."""

from datetime import datetime

from masthead.content.history.retention import NEVER_YOUNGER_THAN, Retention
from masthead.store import Database, Transaction

# Kept in any case: an entry's first revision, its head, what is public, and what a release, a preview that
# still works or a schedule that has not run names.
_STALE = """
SELECT r.id, r.entry_id FROM (
    SELECT id, entry_id, number, created_at,
        row_number() OVER (PARTITION BY entry_id ORDER BY number DESC) AS place
    FROM masthead.revision WHERE $4::uuid[] IS NULL OR entry_id = ANY($4::uuid[])
) AS r
JOIN masthead.entry AS e ON e.id = r.entry_id
WHERE r.number > 1 AND r.place > $1 AND r.created_at < $2
    AND r.id <> e.head AND r.id IS DISTINCT FROM e.published
    AND NOT EXISTS (SELECT FROM masthead.release_item AS i WHERE i.revision_id = r.id)
    AND NOT EXISTS (SELECT FROM masthead.schedule AS s WHERE s.revision_id = r.id AND s.state = 'pending')
    AND NOT EXISTS (
        SELECT FROM masthead.preview AS p
        WHERE p.revision_id = r.id AND p.revoked_at IS NULL AND p.expires_at > $3
    )
ORDER BY r.entry_id, r.number LIMIT $5
"""


async def prune(database: Database, policy: Retention, now: datetime, *, limit: int = 1000) -> int:
    """Remove at most `limit` revisions, in one transaction; return how many. Call it until it returns 0.

    Entries that a command is changing at the moment are left for the next time. A base that is gone can
    be merged with no more: a save on it is refused.
    """
    if policy.keeps_all:
        return 0
    youngest = now - max(NEVER_YOUNGER_THAN, policy.age or NEVER_YOUNGER_THAN)
    async with database.transaction() as transaction:
        wanted = (policy.newest or 0, youngest, now)
        stale = await transaction.fetch(_STALE, *wanted, None, limit)
        locked = await transaction.fetch(
            "SELECT id FROM masthead.entry WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED",
            sorted({row["entry_id"] for row in stale}),
        )
        # Once more, as it is now that no command can come between.
        stale = await transaction.fetch(_STALE, *wanted, [row["id"] for row in locked], limit)
        await _remove(transaction, [row["id"] for row in stale])
    return len(stale)


async def _remove(transaction: Transaction, revisions: list[object]) -> None:
    for table, column in (("revision_file", "revision_id"), ("revision", "id")):
        await transaction.execute(
            f"DELETE FROM masthead.{table} WHERE {column} = ANY($1::uuid[])",  # noqa: S608 - constants
            revisions,
        )
