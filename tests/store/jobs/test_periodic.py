"""What runs at intervals."""

from datetime import timedelta

from tests.store.jobs.workshop import Notebook, give, until_empty, until_run, working

from masthead.jobs import Job, JobRun, cancel_jobs, read_jobs
from masthead.kernel import utc_now
from masthead.store import Database, open_database

HOUR = timedelta(hours=1)


async def test_it_runs_at_once_and_waits_for_the_next_time(database: Database) -> None:
    """Nobody enqueues it."""
    sweep = Notebook()
    async with working(database, {"sweep": sweep.handler(every=HOUR)}):
        await until_run(sweep)
        await until_empty(database)
    (job,) = await read_jobs(database.drafts)
    assert (len(sweep.runs), job.state, job.attempts) == (1, "waiting", 0)
    assert HOUR * 0.9 < job.due - utc_now() <= HOUR


async def test_it_does_not_run_at_every_start_of_a_worker(database: Database, database_url: str) -> None:
    """But when its time has come; and once for two workers."""
    sweep = Notebook()
    handlers = {"sweep": sweep.handler(every=HOUR), "greet": (greet := Notebook()).handler()}
    async with open_database(database_url) as other:
        for _ in range(2):
            async with working(database, handlers), working(other, handlers):
                await give(database, Job("greet"))
                await until_run(sweep)
                await until_empty(database)
    assert (len(sweep.runs), len(greet.runs)) == (1, 2)


async def test_a_shorter_interval_holds_at_once(database: Database) -> None:
    """Who shortens it does not wait for the longer one first."""
    sweep, greet = Notebook(), Notebook()
    for every in (HOUR, HOUR / 2):
        async with working(database, {"sweep": sweep.handler(every=every), "greet": greet.handler()}):
            await give(database, Job("greet"))
            await until_run(sweep)
            await until_empty(database)
    (job,) = await read_jobs(database.drafts)
    assert job.due - utc_now() <= HOUR / 2


async def test_it_is_never_given_up(database: Database) -> None:
    """It is tried again, never later than its interval, and says why."""

    async def fails(_: JobRun) -> None:
        raise ValueError("no broom")

    sweep = Notebook(*[fails] * 4)
    async with working(database, {"sweep": sweep.handler(every=HOUR, attempts=2)}):
        await until_run(sweep, 4)
        (job,) = await read_jobs(database.drafts, kind="sweep")
        assert job.error == "ValueError: no broom"
        await until_empty(database)
    assert sweep.attempts == [1, 2, 3, 4, 5]
    (job,) = await read_jobs(database.drafts)
    assert (job.attempts, job.error) == (0, None)


async def test_it_cannot_be_cancelled(database: Database) -> None:
    """It would be back with the next worker."""
    sweep = Notebook()
    async with working(database, {"sweep": sweep.handler(every=HOUR)}):
        await until_run(sweep)
        await until_empty(database)
    (job,) = await read_jobs(database.drafts)
    assert await cancel_jobs(database, [job.id]) == []
