"""Readers as one would write them first. Each gets something wrong, and the witness must find it."""

import asyncio

import orjson

from masthead.store import Database

_BY_SEQUENCE = """
SELECT sequence AS mark, data->>'tag' AS tag FROM masthead.event WHERE sequence > $1 ORDER BY sequence
"""


class BySequence:
    """A cursor over numbers that were taken before the commit: what commits late is behind it."""

    def __init__(self, database: Database) -> None:
        self._reader = database.drafts
        self._mark = 0
        self.tags: list[str] = []

    async def look(self) -> None:
        """What is new."""
        for row in await self._reader.fetch(_BY_SEQUENCE, self._mark):
            self._mark = row["mark"]
            self.tags.append(row["tag"])


class ByClock:
    """Whatever it has not seen yet, ordered by ids, which the hosts' clocks have made."""

    def __init__(self, database: Database) -> None:
        self._reader = database.drafts
        self.tags: list[str] = []

    async def look(self) -> None:
        """What is new."""
        rows = await self._reader.fetch("SELECT data FROM masthead.event ORDER BY created_at, id")
        tags = (orjson.loads(row["data"])["tag"] for row in rows)
        self.tags += [tag for tag in tags if tag not in set(self.tags)]


async def keep_looking(reader: BySequence | ByClock, every: float = 0.002) -> None:
    """Until cancelled; `every` in seconds."""
    while True:
        await reader.look()
        await asyncio.sleep(every)
