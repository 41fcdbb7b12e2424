"""What is scheduled happens while `masthead up` runs: in time, once, whatever is killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import orjson
from tests.story.conftest import StartUp, Up, all_gone

from masthead.content.commands import Actor, Changed, Commands, Create, Schedule
from masthead.kernel import utc_now
from masthead.model import default_model
from masthead.store import Database, open_database, read_applied_model

EDITOR = Actor.platform("cli")


@asynccontextmanager
async def opened(url: str, ago: timedelta = timedelta(0)) -> AsyncIterator[tuple[Database, Commands]]:
    """The database that `up` serves, and commands on it, given so long ago."""
    async with open_database(url, size=2) as database:
        yield database, Commands(database, default_model(), clock=lambda: utc_now() - ago)


async def scheduled(commands: Commands, due: datetime) -> tuple[Changed, UUID]:
    """A post that is to be published then."""
    fields = {"title": "The launch", "date": due.isoformat(), "body": "At last."}
    (made,) = (await commands.run(Create("Post", fields), EDITOR)).entries
    key = (await commands.run(Schedule(made.entry, made.head, "publish", due), EDITOR)).schedule
    assert key is not None
    return made, key


async def ran_at(database: Database, key: UUID) -> tuple[datetime, bool]:
    """When it was done and whether late, once it is: whoever publishes says so."""
    async with database.listening_to("masthead_changes") as wakes:
        while True:
            rows = await database.drafts.fetch(
                "SELECT state, ran_at, is_late FROM masthead.schedule WHERE id = $1", key
            )
            if rows[0]["state"] != "pending":
                assert rows[0]["state"] == "done"
                return rows[0]["ran_at"], rows[0]["is_late"]
            await wakes.wait(60)


async def test_a_page_appears_at_its_time(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """Within two seconds, on the site, and nowhere before."""
    up = await _started(start_up, publication, empty_database_url)
    async with opened(empty_database_url) as (database, commands):
        due = utc_now() + timedelta(seconds=2)
        _, key = await scheduled(commands, due)
        with up.client() as client:
            assert client.get("/posts/the-launch").status_code == 404
        at, is_late = await ran_at(database, key)
    assert timedelta(0) <= at - due < timedelta(seconds=2)
    assert not is_late
    with up.client() as client:
        assert "The launch" in _asked_until(client, "/posts/the-launch")


async def test_a_killed_worker_is_started_again(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """What was due while nobody was there is caught up, once, and marked late."""
    up = await _started(start_up, publication, empty_database_url)
    hour = timedelta(hours=1)
    async with opened(empty_database_url, ago=hour) as (database, commands):
        victim = up.child("masthead.roles.worker")
        victim.kill()
        assert all_gone([victim])
        made, key = await scheduled(commands, utc_now() - hour / 2)
        _, is_late = await ran_at(database, key)
        rows = await database.drafts.fetch(
            "SELECT type FROM masthead.event WHERE entry_id = $1 ORDER BY id", made.entry
        )
    assert [row["type"] for row in rows] == [
        "content.entry.created.v1",
        "content.entry.scheduled.v1",
        "content.entry.published.v1",
    ]
    assert is_late
    assert up.wait_for_line(event="process.died", process="worker")
    restarts = orjson.loads((publication / ".masthead" / "restarts.json").read_bytes())
    assert restarts["worker"] == 1


async def _started(start_up: StartUp, publication: Path, url: str) -> Up:
    """`masthead up` with a worker that is at work."""
    up = start_up(publication, DATABASE_URL=url)
    await asyncio.to_thread(up.wait_until_ready)
    await asyncio.to_thread(up.wait_for_line, event="scheduler.started", role="worker")
    return up


def _asked_until(client: httpx.Client, path: str) -> str:
    """The page, once the page cache has heard of the change."""
    while True:
        answer = client.get(path)
        if answer.status_code == 200:
            return answer.text
        assert answer.status_code in (404, 503), answer.text


async def test_a_worker_takes_up_a_model_that_grows(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """content.py is saved while it runs: entries of a type that it did not know are published."""
    up = await _started(start_up, publication, empty_database_url)
    (publication / "content.py").write_text(
        "import masthead as mh\nfrom masthead import Asset, Author, Page, Post, Site, Tag\n\n\n"
        'class Note(mh.Entry, path="/notes/{slug}", order="title"):\n'
        '    title: str\n    slug: mh.Slug = mh.slug("title")\n'
    )
    await asyncio.to_thread(up.wait_for_line, event="worker.model_changed")
    async with open_database(empty_database_url, size=2) as database:
        model = await read_applied_model(database)
        assert model is not None
        commands = Commands(database, model)
        (made,) = (await commands.run(Create("Note", {"title": "New"}), EDITOR)).entries
        soon = utc_now() + timedelta(seconds=1)
        key = (await commands.run(Schedule(made.entry, made.head, "publish", soon), EDITOR)).schedule
        assert key is not None
        await ran_at(database, key)
