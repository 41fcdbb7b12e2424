"""Forgetting what can prove nothing any more: sessions and links that have expired."""

from datetime import datetime, timedelta

from masthead.store import Database

LINKS_KEPT = timedelta(days=30)
"""Until then whoever opens an old link is told that it has been used, or has expired."""

_SESSIONS = """
DELETE FROM masthead.session WHERE id IN (
    SELECT id FROM masthead.session WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
"""
_LINKS = """
DELETE FROM masthead.one_time_link WHERE id IN (
    SELECT id FROM masthead.one_time_link WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
"""


async def forget_expired(database: Database, now: datetime, *, limit: int = 1000) -> int:
    """Remove at most `limit` sessions and as many links, in one transaction; return how many. Call it until
    it returns 0."""
    async with database.transaction() as transaction:
        sessions = await transaction.execute(_SESSIONS, now, limit)
        links = await transaction.execute(_LINKS, now - LINKS_KEPT, limit)
    return _count(sessions) + _count(links)


def _count(tag: str) -> int:
    return int(tag.rpartition(" ")[2])
