"""`masthead up` needs no further process: its worker gives events their positions."""

import asyncio
from pathlib import Path

from tests.story.conftest import StartUp

from masthead.events import EventFeed, StoredEvent
from masthead.store import open_database


async def test_what_an_import_did_is_told(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """Every post and page that became public, once, in one order."""
    up = start_up(publication, DATABASE_URL=empty_database_url)
    await asyncio.to_thread(up.wait_until_ready)
    async with open_database(empty_database_url, size=2) as database:
        feed = EventFeed(database)
        running = asyncio.create_task(feed.run())
        rows = await database.drafts.fetch("SELECT count(*) AS number FROM masthead.event")
        wanted, found = rows[0]["number"], list[StoredEvent]()
        async with asyncio.timeout(60):
            async for events in feed.follow(0):
                found += events
                if len(found) == wanted:
                    break
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert [each.position for each in found] == list(range(1, wanted + 1))
    assert {each.cause for each in found} == {"import"}
    public = {each.data["path"] for each in found if each.type == "content.entry.published.v1"}
    assert {"/posts/first", "/posts/moved"} <= public
    assert "/posts/secret" not in public
