"""A worker: what it does with what handlers say."""

import asyncio
from datetime import timedelta

from tests.store.jobs.workshop import Notebook, give, until, until_empty, until_run, working

from masthead.jobs import Handler, Job, JobRun, RetryJob, enqueue, read_jobs
from masthead.kernel import UnavailableError, utc_now
from masthead.store import Database

_NUMBERS = "SELECT outcome, number FROM masthead.job_count WHERE kind = 'greet' ORDER BY outcome"


async def fails(_: JobRun) -> None:
    """For a reason that people can read."""
    raise UnavailableError("receiver-away", "Nobody answers.")


async def test_a_job_is_done_and_gone(database: Database) -> None:
    """With what was enqueued, as the first attempt."""
    greet = Notebook()
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("greet", {"name": "Ada"}, key="ada"))
        await until_empty(database)
    (run,) = greet.runs
    assert (run.kind, run.payload, run.key, run.attempt) == ("greet", {"name": "Ada"}, "ada", 1)
    assert await database.drafts.fetch(_NUMBERS) == [{"outcome": "done", "number": 1}]


async def test_what_was_enqueued_while_no_worker_ran_is_done(database: Database) -> None:
    """In order."""
    greet = Notebook()
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet", {"number": number}) for number in range(30)])
    async with working(database, {"greet": greet.handler()}):
        await until_empty(database)
    assert [run.payload["number"] for run in greet.runs] == list(range(30))


async def test_nobody_needs_to_wake_a_worker(database: Database) -> None:
    """It looks once a second; a notification only makes that sooner."""
    greet = Notebook()
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("greet"))
        await until_empty(database)
        async with database.transaction() as transaction:
            await enqueue(transaction, [Job("greet")])
        await until_empty(database)
    assert len(greet.runs) == 2


async def test_what_fails_is_tried_again(database: Database) -> None:
    """As the next attempt of the same job."""
    greet = Notebook(fails, fails)
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("greet"))
        await until_empty(database)
    assert greet.attempts == [1, 2, 3]
    assert len({run.id for run in greet.runs}) == 1
    assert await database.drafts.fetch(_NUMBERS) == [
        {"outcome": "done", "number": 1},
        {"outcome": "retried", "number": 2},
    ]


async def test_what_keeps_failing_is_there_to_be_seen(database: Database) -> None:
    """After its last attempt, with what was said; nobody runs it any more."""
    greet = Notebook(fails, fails, fails)
    async with working(database, {"greet": greet.handler(attempts=3)}):
        await give(database, Job("greet", {"name": "Ada"}))
        await until_empty(database)
        (failed,) = await read_jobs(database.drafts)
    assert greet.attempts == [1, 2, 3]
    assert (failed.state, failed.attempts, failed.payload) == ("failed", 3, {"name": "Ada"})
    assert failed.error == "Nobody answers. [receiver-away]"


async def test_a_handler_chooses_when_it_runs_again(database: Database) -> None:
    """However often: whoever says when, knows when it is enough."""

    async def later(_: JobRun) -> None:
        raise RetryJob(utc_now() + timedelta(milliseconds=20), "not yet")

    greet = Notebook(later, later, later)
    async with working(database, {"greet": greet.handler(attempts=2)}):
        await give(database, Job("greet"))
        await until_empty(database)
    assert greet.attempts == [1, 2, 3, 4]


async def test_a_job_that_waits_for_its_moment_says_why(database: Database) -> None:
    """It is not run before."""

    async def tomorrow(_: JobRun) -> None:
        raise RetryJob(utc_now() + timedelta(days=1), "not today")

    async with working(database, {"greet": Notebook(tomorrow).handler()}):
        await give(database, Job("greet"))
        await until_empty(database)
        (waiting,) = await read_jobs(database.drafts)
    assert (waiting.state, waiting.error) == ("waiting", "not today")
    assert timedelta(hours=23) < waiting.due - utc_now() < timedelta(hours=25)


async def test_a_run_has_its_time(database: Database) -> None:
    """What takes longer is ended, and fails as anything else does."""

    async def hangs(_: JobRun) -> None:
        await asyncio.Event().wait()

    greet = Notebook(hangs)
    async with working(database, {"greet": greet.handler(attempts=1, longest=timedelta(milliseconds=50))}):
        await give(database, Job("greet"))
        await until_empty(database)
        (failed,) = await read_jobs(database.drafts)
    assert failed.error == "It took longer than 0:00:00.050000. [job-too-long]"


async def test_progress_is_seen_while_it_runs(database: Database) -> None:
    """How far, of how much, in words."""
    is_seen = asyncio.Event()

    async def counts(run: JobRun) -> None:
        await run.progress(3, 10, "images")
        await is_seen.wait()

    async with working(database, {"greet": Notebook(counts).handler()}):
        await give(database, Job("greet"))

        async def shows() -> bool:
            return any(job.progress is not None for job in await read_jobs(database.drafts))

        await until(shows)
        (job,) = await read_jobs(database.drafts)
        is_seen.set()
        await until_empty(database)
    assert job.state == "running"
    assert job.progress is not None
    assert (job.progress.done, job.progress.total, job.progress.note) == (3, 10, "images")


async def test_a_job_that_nobody_knows_waits(database: Database) -> None:
    """Another version of the worker may know it."""
    greet = Notebook()
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("unheard of"), Job("greet"))
        await until_run(greet)
    assert [(job.kind, job.state) for job in await read_jobs(database.drafts, kind="unheard of")] == [
        ("unheard of", "waiting")
    ]


def test_pauses_grow_to_a_bound() -> None:
    """Twice as long each time."""

    async def nothing(_: JobRun) -> None:
        pass

    handler = Handler(nothing, first_pause=timedelta(seconds=2), longest_pause=timedelta(seconds=10))
    assert [handler.pause(attempt).total_seconds() for attempt in (1, 2, 3, 4, 99)] == [2, 4, 8, 10, 10]
