"""What publication an event comes from: the `source` of its envelope."""

from collections.abc import Awaitable, Callable

from masthead.model import ContentModel
from masthead.store import Database

UNNAMED = "/"
"""The source where the publication does not say its address: a relative reference is one, too."""


def source_of(database: Database, model: ContentModel) -> Callable[[], Awaitable[str]]:
    """The publication's own address as its Site has it now; each call asks again, because it may change."""
    sites = [each.table for each in model if each.is_singleton and "base_url" in each]
    if not sites:
        return _unnamed
    sql = f'SELECT base_url FROM live."{sites[0]}"'  # noqa: S608 - a physical name

    async def source() -> str:
        rows = await database.drafts.fetch(sql)
        return (rows[0]["base_url"] if rows else None) or UNNAMED

    return source


async def _unnamed() -> str:
    return UNNAMED
