"""What `masthead jobs` prints: real processes over a real database."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.store.content.folders import bring_in, write
from tests.store.jobs.workshop import Notebook, give, until_empty, working

from masthead.jobs import Job, JobRun, read_jobs
from masthead.store import Database

WINTER = "[site]\ntimezone = 'Europe/Berlin'\n"
SOON, LATER = datetime(2031, 1, 5, 12, tzinfo=UTC), datetime(2031, 7, 5, 12, tzinfo=UTC)


def jobs(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "jobs", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def _folder(database: Database, tmp_path: Path) -> str:
    folder = write(tmp_path / "blog", {"masthead.toml": WINTER, "a.md": "---\ntitle: A\n---\nText.\n"})
    await bring_in(database, folder)
    return str(folder)


async def fails(_: JobRun) -> None:
    """For good."""
    raise ValueError("no such receiver")


async def _failed(database: Database) -> int:
    """A job that has failed."""
    async with working(database, {"greet": Notebook(fails).handler(attempts=1)}):
        await give(database, Job("greet", key="ada"))
        await until_empty(database)
    (job,) = await read_jobs(database.drafts, state="failed")
    return job.id


async def test_jobs_are_listed_in_the_sites_zone(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """What waits, the next first, then what has failed, and why."""
    folder = await _folder(database, tmp_path)
    await give(database, Job("post", run_at=LATER), Job("post", run_at=SOON))
    number = await _failed(database)
    (failed,) = await read_jobs(database.drafts, state="failed")
    moment = failed.due.strftime("%Y-%m-%d")

    listed = jobs(database_url, "list", folder).stdout.splitlines()
    some = jobs(database_url, "list", folder, "--kind", "post", "--size", "1").stdout.splitlines()
    broken = jobs(database_url, "failed", folder).stdout.splitlines()

    assert listed[:2] == [
        "2  2031-01-05 13:00:00 CET  waiting  post",
        "1  2031-07-05 14:00:00 CEST  waiting  post",
    ]
    assert listed[2].startswith(f"{number}  {moment} ")
    assert listed[2].endswith("failed  greet  attempt 1, key ada, ValueError: no such receiver")
    assert some == ["2  2031-01-05 13:00:00 CET  waiting  post"]
    assert broken == listed[2:]


async def test_what_has_failed_can_be_run_again(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """By its number, or all of it; what is not there is said, with exit status 2."""
    folder, number = await _folder(database, tmp_path), await _failed(database)

    one = jobs(database_url, "retry", str(number), folder)
    (job,) = await read_jobs(database.drafts)
    assert (one.stdout, job.state, job.attempts) == (f"{number} is run again.\n", "waiting", 0)

    none = jobs(database_url, "retry", "failed", folder)
    unknown = jobs(database_url, "retry", "77", folder)
    no_number = jobs(database_url, "retry", "x7", folder)
    assert none.stdout == "Nothing has failed.\n"
    assert (unknown.returncode, no_number.returncode) == (2, 2)
    assert "[job-unknown]" in unknown.stderr
    assert "[id-invalid]" in no_number.stderr


async def test_a_job_can_be_taken_back(database: Database, database_url: str, tmp_path: Path) -> None:
    """Once."""
    folder = await _folder(database, tmp_path)
    await give(database, Job("post", run_at=SOON))
    done, again = jobs(database_url, "cancel", "1", folder), jobs(database_url, "cancel", "1", folder)
    empty = jobs(database_url, "list", folder)
    assert (done.stdout, done.returncode) == ("1 is cancelled.\n", 0)
    assert (again.returncode, empty.stdout) == (2, "There are no jobs.\n")
