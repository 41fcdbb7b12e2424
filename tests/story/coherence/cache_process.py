"""A process that answers from memory: the titles of pages, by id. As small as can be, and real in all else.

`python -m tests.story.coherence.cache_process URL PORT [--without-lease]`. A line with an id is answered with
a line: the title ("absent" where there is none), and where it is from.
"""

import argparse
import asyncio
from uuid import UUID

import uvloop

from masthead.events.coherence import Coherence
from masthead.kernel import MastheadError
from masthead.store import FAILURES, Change, Database, open_database

_TITLE = "SELECT title FROM live.page WHERE id = $1"


class Cache:
    """Titles, as long as they are good."""

    def __init__(self, database: Database, coherence: Coherence) -> None:
        self._database = database
        self._coherence = coherence
        self._titles: dict[UUID, str] = {}
        self._changes = 0
        coherence.subscribe(self.on_change)

    def on_change(self, change: Change | None) -> None:
        """Let go of what it touches; a fill that is under way is not kept."""
        self._changes += 1
        if change is None or change.touches is None:
            self._titles.clear()
        else:
            for touch in change.touches:
                self._titles.pop(touch.entry, None)

    async def read(self, entry: UUID) -> tuple[str, str]:
        """The title, and "memory" or "database"."""
        if not (self._coherence.is_fresh() or await self._coherence.ensure()):
            return await self._fetch(entry), "database"
        if (kept := self._titles.get(entry)) is not None:
            return kept, "memory"
        changes = self._changes
        title = await self._fetch(entry)
        if changes == self._changes:
            self._titles[entry] = title
        return title, "database"

    async def _fetch(self, entry: UUID) -> str:
        rows = await self._database.drafts.fetch(_TITLE, entry)
        return str(rows[0]["title"]) if rows else "absent"


async def _serve(url: str, port: int, *, is_leased: bool) -> None:
    async with open_database(url, size=4) as database:
        coherence = Coherence(database, is_leased=is_leased)
        cache = Cache(database, coherence)

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while line := await reader.readline():
                try:
                    said = " ".join(await cache.read(UUID(line.decode().strip())))
                except (MastheadError, TimeoutError, *FAILURES) as error:
                    said = f"error {type(error).__name__}"
                writer.write(f"{said}\n".encode())

        await asyncio.start_server(answer, "127.0.0.1", port)
        await coherence.run()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("port", type=int)
    parser.add_argument("--without-lease", action="store_true")
    given = parser.parse_args()
    uvloop.run(_serve(given.url, given.port, is_leased=not given.without_lease))


if __name__ == "__main__":
    main()
