"""Forgetting idempotency keys that no program will send again."""

from datetime import datetime

from masthead.content.commands.idempotency import KEPT
from masthead.store import Database

_FORGET = """
DELETE FROM masthead.idempotency WHERE (account, key) IN (
    SELECT account, key FROM masthead.idempotency WHERE created_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
"""


async def forget_keys(database: Database, now: datetime, *, limit: int = 1000) -> int:
    """Remove at most `limit` keys that are older than a day, in one transaction; return how many. Call it
    until it returns 0."""
    async with database.transaction() as transaction:
        tag = await transaction.execute(_FORGET, now - KEPT, limit)
    return int(tag.rpartition(" ")[2])
