"""`masthead jobs`: what waits, runs and has failed; running it now, and taking it back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from masthead.cli.opening import run_on

if TYPE_CHECKING:
    from masthead.model import ContentModel
    from masthead.store import Database

jobs = App(name="jobs", help="Show the jobs of the worker; run again what has failed, and take jobs back.")

Folder = Annotated[Path, Parameter(name="DIR", negative=())]


@jobs.command(name="list")
def list_(
    folder: Folder = Path(),
    /,
    *,
    kind: str | None = None,
    state: Literal["waiting", "running", "failed"] | None = None,
    size: int = 100,
    data: Path | None = None,
) -> None:
    """List what runs, what waits (the next first) and what has failed. Moments are in the site's time zone.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used.

    Parameters
    ----------
    folder
        The publication.
    kind
        Only jobs of this kind.
    state
        Only jobs in this state.
    size
        How many to list.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.cli.jobs_text import lines_of_jobs
        from masthead.content.site_zone import read_site_zone
        from masthead.jobs import read_jobs

        found = await read_jobs(database.drafts, kind=kind, state=state, size=max(1, size))
        print("\n".join(lines_of_jobs(found, await read_site_zone(database.drafts, model))))

    run_on(folder, data, run)


@jobs.command
def failed(
    folder: Folder = Path(),
    /,
    *,
    kind: str | None = None,
    size: int = 100,
    data: Path | None = None,
) -> None:
    """List what has failed, the newest first, and why.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used.

    Parameters
    ----------
    folder
        The publication.
    kind
        Only jobs of this kind.
    size
        How many to list.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    list_(folder, kind=kind, state="failed", size=size, data=data)


@jobs.command
def retry(
    key: Annotated[str, Parameter(name="ID")],
    folder: Folder = Path(),
    /,
    *,
    kind: str | None = None,
    data: Path | None = None,
) -> None:
    """Run a job now: one that has failed, with all its attempts, or one that waits.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or there is no such job to run.

    Parameters
    ----------
    key
        The job's number, as `masthead jobs list` shows it; `failed` for all that have failed.
    folder
        The publication.
    kind
        With `failed`: only jobs of this kind.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.jobs import retry_failed, retry_jobs

        if key == "failed":
            _say(await retry_failed(database, kind), "is run again", "Nothing has failed.")
        else:
            done = await retry_jobs(database, [_number(key)])
            _require(done, key, "It runs, is over, or a younger job has its key.")
            _say(done, "is run again", "")

    run_on(folder, data, run)


@jobs.command
def cancel(
    key: Annotated[str, Parameter(name="ID")],
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Take a job back, in whatever state. If it runs, it is ended within moments.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or there is no such job to cancel.

    Parameters
    ----------
    key
        The job's number, as `masthead jobs list` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.jobs import cancel_jobs

        done = await cancel_jobs(database, [_number(key)])
        _require(done, key, "It is over, or it runs at intervals.")
        _say(done, "is cancelled", "")

    run_on(folder, data, run)


def _say(done: list[int], what: str, nothing: str) -> None:
    print("\n".join(f"{job} {what}." for job in done) or nothing)


def _require(done: list[int], key: str, why: str) -> None:
    from masthead.kernel import InputError

    if not done:
        raise InputError(
            "job-unknown",
            f"There is no job {key} for which that can be done. {why}",
            "`masthead jobs list` shows all.",
        )


def _number(text: str) -> int:
    from masthead.kernel import InputError

    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InputError(
            "id-invalid", f'"{text}" is no number of a job.', "`masthead jobs list` shows the numbers."
        )
    return int(text)
