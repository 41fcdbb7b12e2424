"""What people do with jobs."""

import asyncio

from tests.store.jobs.workshop import Notebook, give, until_empty, until_run, working

from masthead.jobs import Job, JobRun, cancel_jobs, read_jobs, read_queue_state, retry_failed, retry_jobs
from masthead.store import Database


async def fails(_: JobRun) -> None:
    """For good."""
    raise ValueError("no such receiver")


async def test_what_failed_has_all_its_attempts_again(database: Database) -> None:
    """As the same job."""
    greet = Notebook(fails, fails, fails)
    async with working(database, {"greet": greet.handler(attempts=2)}):
        await give(database, Job("greet"))
        await until_empty(database)
        (failed,) = await read_jobs(database.drafts)
        assert await retry_jobs(database, [failed.id]) == [failed.id]
        await until_run(greet, 4)
        await until_empty(database)
    assert greet.attempts == [1, 2, 1, 2]
    assert {run.id for run in greet.runs} == {failed.id}


async def test_of_the_failed_jobs_of_a_key_the_youngest_is_run(database: Database) -> None:
    """And none while another of that key is there: it does the same."""
    async with working(database, {"greet": Notebook(fails, fails).handler(attempts=1)}):
        for _ in range(2):
            await give(database, Job("greet", key="ada"))
            await until_empty(database)
    young, old = (job.id for job in await read_jobs(database.drafts, state="failed"))
    assert old < young
    assert await retry_failed(database, "greet") == [young]
    assert await retry_jobs(database, [old]) == []


async def test_a_run_that_is_cancelled_ends(database: Database) -> None:
    """Within moments; and it is gone."""
    is_over = asyncio.Event()

    async def hangs(_: JobRun) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            is_over.set()

    greet = Notebook(hangs)
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("greet"))
        await until_run(greet)
        assert await cancel_jobs(database, [greet.runs[0].id]) == [greet.runs[0].id]
        await asyncio.wait_for(is_over.wait(), 5)  # long before a heartbeat
    assert await read_jobs(database.drafts) == []


async def test_how_the_queue_stands(database: Database) -> None:
    """By kind, and what became of all that ran."""
    greet = Notebook(fails)
    async with working(database, {"greet": greet.handler(attempts=1)}):
        await give(database, Job("greet"))
        await until_empty(database)
        await give(database, Job("greet"), Job("other"))
        await until_run(greet, 2)
        await cancel_jobs(database, [job.id for job in await read_jobs(database.drafts, kind="other")])
        await until_empty(database)
        await give(database, Job("other"))
    state = await read_queue_state(database.drafts)
    assert (state.kinds["greet"].failed, state.kinds["other"].waiting) == (1, 1)
    assert state.kinds["other"].behind > 0
    assert state.ran == {("greet", "done"): 1, ("greet", "failed"): 1, ("other", "cancelled"): 1}
