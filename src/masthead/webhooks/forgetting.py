"""The log of deliveries is kept for some days."""

from datetime import datetime, timedelta

from masthead.store import Database

_FORGET = """
DELETE FROM masthead.webhook_delivery WHERE id IN (
    SELECT id FROM masthead.webhook_delivery WHERE ended_at < $1 ORDER BY ended_at LIMIT 1000)
"""


async def forget_deliveries(database: Database, days: int, now: datetime) -> int:
    """Remove some that ended before so many days, dead ones too, with their attempts; how many."""
    async with database.transaction() as transaction:
        tag = await transaction.execute(_FORGET, now - timedelta(days=days))
    return int(tag.rpartition(" ")[2])
