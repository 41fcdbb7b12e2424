"""What `masthead schedule` prints: real processes over a real database."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tests.store.content.folders import bring_in, write
from tests.store.content.scheduling.clockwork import Clockwork

from masthead.content.commands import CreateRelease, Publish, ReleaseItem, ScheduleRelease
from masthead.store import Database

WINTER = "[site]\ntimezone = 'Europe/Berlin'\n"


def schedule(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "schedule", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def _folder(database: Database, tmp_path: Path) -> str:
    folder = write(tmp_path / "blog", {"masthead.toml": WINTER, "a.md": "---\ntitle: A\n---\nText.\n"})
    await bring_in(database, folder)
    return str(folder)


async def test_what_is_to_come_is_listed_in_the_sites_zone(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """The next first; with --all what is over too, and why it failed."""
    folder, clockwork = await _folder(database, tmp_path), Clockwork.at(database)
    desk = clockwork.desk
    half = await desk.post("Half", body=None)
    failed = await clockwork.schedule(half, 1)
    await clockwork.scheduler.run_due(clockwork.clock.forward(10))
    page = await desk.public(await desk.page("Hello"))
    out = await clockwork.schedule(page, 7200, "unpublish")
    release = (await desk.run(CreateRelease("Spring", [ReleaseItem(half.entry)]))).release
    assert release is not None
    soon = await desk.run(ScheduleRelease(release, datetime(2027, 1, 5, 13, tzinfo=UTC)))

    pending = schedule(database_url, "list", folder).stdout.splitlines()
    everything = schedule(database_url, "list", folder, "--all").stdout.splitlines()

    why = 'failed, late, A Post needs "body" to be published. [field-missing]'
    assert pending == [
        f'{soon.schedule}  2027-01-05 14:00:00 CET  publish    release "Spring"  pending',
        f'{out}  2027-01-05 15:00:10 CET  unpublish  Page "Hello"      pending',
    ]
    assert everything == [
        *pending,
        f'{failed}  2027-01-05 13:00:01 CET  publish    Post "Half"       {why}',
    ]


async def test_what_is_pending_can_be_taken_back(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Once; what is not there is said, with exit status 2."""
    folder, clockwork = await _folder(database, tmp_path), Clockwork.at(database)
    made = await clockwork.desk.page()
    key = await clockwork.schedule(made)
    await clockwork.desk.run(Publish(made.entry, made.head))

    done, again = (
        schedule(database_url, "cancel", str(key), folder),
        schedule(database_url, "cancel", str(key), folder),
    )
    unknown = schedule(database_url, "cancel", str(UUID(int=7)), folder)
    no_id = schedule(database_url, "cancel", "7", folder)

    assert (done.returncode, done.stdout) == (0, f"{key} is cancelled.\n")
    assert (again.returncode, again.stdout) == (2, "")
    assert f"The schedule {key} is cancelled already." in again.stderr
    assert (unknown.returncode, no_id.returncode) == (2, 2)
    assert "[schedule-unknown]" in unknown.stderr
    assert "[id-invalid]" in no_id.stderr
    assert schedule(database_url, "list", folder).stdout == "Nothing is scheduled.\n"
    (line,) = await clockwork.desk.rows(
        "SELECT source FROM masthead.audit WHERE action = 'entry.unschedule' AND outcome = 'done'"
    )
    assert line["source"] == "cli"
