"""What `masthead events` prints: real processes over a real database."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
from tests.store.content.commands.desk import Desk
from tests.store.content.folders import bring_in, write

from masthead.events import Relay, count_pending, read_events
from masthead.store import Database


def events(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "events", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def _publication(database: Database, tmp_path: Path) -> tuple[str, Desk]:
    folder = write(tmp_path / "blog", {"a.md": "---\ntitle: A\n---\nText.\n"})
    await bring_in(database, folder)
    return str(folder), Desk.at(database)


async def _sequenced(database: Database) -> None:
    """Until nothing waits for its position."""
    running = asyncio.create_task(Relay(database).run())
    async with asyncio.timeout(30):
        while await count_pending(database.drafts):  # noqa: ASYNC110 - another task's rows are in the database
            await asyncio.sleep(0.01)
    running.cancel()


async def test_what_happened_is_listed_in_order(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """All of an entry; of a type; behind a position; as consumers get it."""
    folder, desk = await _publication(database, tmp_path)
    page = await desk.public(await desk.page("Hello"))
    await desk.page("Other")
    await _sequenced(database)
    stored = await read_events(database.drafts, 0)

    entry = events(database_url, "list", folder, "--entry", str(page.entry)).stdout.splitlines()
    published = events(database_url, "list", folder, "--type", "content.entry.pub*").stdout.splitlines()
    behind = events(database_url, "list", folder, "--after", str(stored[-2].position)).stdout.splitlines()
    as_json = events(database_url, "list", folder, "--json").stdout.splitlines()

    assert [line.split()[4:] for line in entry] == [
        ["entry.created", "Page", "/hello"],
        ["entry.published", "Page", "/hello"],
    ]
    assert all("entry.published" in line for line in published)
    assert [line.split()[0] for line in behind] == [str(stored[-1].position)]
    assert [orjson.loads(line)["id"] for line in as_json] == [str(each.id) for each in stored]


async def test_what_has_no_position_yet_is_counted(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    folder, desk = await _publication(database, tmp_path)
    await _sequenced(database)
    await desk.page("Hello")
    found = events(database_url, "list", folder)
    assert "1 more have no position yet" in found.stderr


async def test_one_event_is_shown_whole(database: Database, database_url: str, tmp_path: Path) -> None:
    """By its position or its id."""
    folder, desk = await _publication(database, tmp_path)
    await desk.page("Hello")
    await _sequenced(database)
    newest = (await read_events(database.drafts, 0))[-1]
    by_position = orjson.loads(events(database_url, "show", str(newest.position), folder).stdout)
    by_id = orjson.loads(events(database_url, "show", str(newest.id), folder).stdout)
    assert by_position == by_id
    assert (by_id["type"], by_id["data"]["path"]) == ("content.entry.created.v1", "/hello")


async def test_what_is_not_there_is_told(database: Database, database_url: str, tmp_path: Path) -> None:
    folder, _ = await _publication(database, tmp_path)
    missing = events(database_url, "show", "999999", folder)
    nonsense = events(database_url, "list", folder, "--entry", "hello")
    assert (missing.returncode, nonsense.returncode) == (2, 2)
    assert "There is no event 999999." in missing.stderr
    assert '"hello" is no id of an entry.' in nonsense.stderr


async def test_tail_prints_what_happens(database: Database, database_url: str, tmp_path: Path) -> None:
    """From a position on, then as it happens, until Ctrl-C, which is no failure."""
    folder, desk = await _publication(database, tmp_path)
    first = await desk.page("First")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "masthead.cli", "events", "tail", folder),
        *("--after", "0", "--type", "content.entry.created.v1", "--entry", str(first.entry)),
        env={**os.environ, "DATABASE_URL": database_url},
        stdout=asyncio.subprocess.PIPE,
        # A shell that starts tests in the background has them ignore Ctrl-C, and they hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    running = asyncio.create_task(Relay(database).run())
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        assert line.split()[4:] == ["entry.created", "Page", "/first"]
    finally:
        running.cancel()
        process.send_signal(signal.SIGINT)
        code = await process.wait()
    assert code == 0
