"""Workers that die, stop, or are cut off: jobs are done all the same, and who comes back undoes nothing."""

import asyncio
import signal
from asyncio.subprocess import Process
from contextlib import AsyncExitStack

import pytest
from tests.store.jobs.workshop import (
    TABLES,
    Notebook,
    give,
    until,
    until_empty,
    until_run,
    worker_process,
    working,
)

from masthead.jobs import Job, JobRun, enqueue, read_jobs
from masthead.store import Database

_RUNS = "SELECT job, attempt, process FROM public.run ORDER BY job, attempt"


@pytest.fixture
async def book(database: Database) -> Database:
    """A database with the tables that worker processes write."""
    async with database.transaction() as transaction:
        for statement in TABLES.split(";"):
            await transaction.execute(statement)
    return database


async def runs(book: Database) -> list[tuple[int, int]]:
    """Process and attempt of every run."""
    return [(row["process"], row["attempt"]) for row in await book.drafts.fetch(_RUNS)]


async def effects(book: Database) -> set[str]:
    """What handlers have brought about."""
    return {row["name"] for row in await book.drafts.fetch("SELECT name FROM public.effect")}


async def test_a_job_whose_worker_was_killed_in_the_middle_runs_once_more(
    book: Database, database_url: str
) -> None:
    """By another worker, as its second attempt; what it brings about is there once."""
    async with worker_process(database_url) as victim:
        await give(book, Job("hang", {"name": "the only one"}))

        async def has_begun() -> bool:
            return await effects(book) == {"the only one"}

        await until(has_begun)
        victim.kill()
        await victim.wait()
        async with worker_process(database_url) as heir:
            await until_empty(book)
    assert await runs(book) == [(victim.pid, 1), (heir.pid, 2)]
    assert await effects(book) == {"the only one"}


async def test_a_worker_that_was_stopped_undoes_nothing_when_it_goes_on(
    book: Database, database_url: str
) -> None:
    """Another has done its job by then; it ends its own run, and does what comes."""
    async with worker_process(database_url) as sleeper:
        await give(book, Job("hang", {"name": "first"}))

        async def has_begun() -> bool:
            return await effects(book) == {"first"}

        await until(has_begun)
        sleeper.send_signal(signal.SIGSTOP)
        async with worker_process(database_url) as heir:
            await until_empty(book)
        sleeper.send_signal(signal.SIGCONT)
        await give(book, Job("note", {"name": "second"}))
        await until_empty(book)
    assert set(await runs(book)) == {(sleeper.pid, 1), (heir.pid, 2)}
    assert len(await runs(book)) == 3
    assert await effects(book) == {"first", "second"}
    (done,) = await book.drafts.fetch("SELECT number FROM masthead.job_count WHERE kind = 'hang'")
    assert done["number"] == 1


async def test_two_workers_do_each_job_once(book: Database, database_url: str) -> None:
    """All of them, and both work."""
    names = [f"{number}" for number in range(300)]
    async with worker_process(database_url, 60) as one, worker_process(database_url, 60) as two:
        await give(book, Job("note", {"name": "first"}))
        await until_empty(book)
        await give(book, *(Job("note", {"name": name}) for name in names))
        await until_empty(book)
    found = await book.drafts.fetch("SELECT job, count(*) AS n FROM public.run GROUP BY job")
    assert [row["n"] for row in found] == [1] * 301
    assert await effects(book) == {"first", *names}
    assert {process for process, _ in await runs(book)} <= {one.pid, two.pid}


async def test_every_job_is_done_whoever_is_killed(book: Database, database_url: str) -> None:
    """Workers are killed one after the other while there is work; none is lost."""
    names = {f"{number}" for number in range(400)}
    await give(book, *(Job("note", {"name": name}) for name in sorted(names)))
    async with AsyncExitStack() as stack:

        async def start() -> Process:
            return await stack.enter_async_context(worker_process(database_url))

        workers = [await start(), await start()]
        for share in (50, 150, 250):

            async def have_done(share: int = share) -> bool:
                return len(await effects(book)) >= share

            await until(have_done)
            victim = workers.pop(0)
            victim.kill()
            workers.append(await start())
        await until_empty(book)
    assert await effects(book) == names


async def test_a_job_that_kills_its_workers_is_given_up(book: Database, database_url: str) -> None:
    """After as many attempts as it has: it is not for ever that it takes workers along."""
    await give(book, Job("die", {"name": "poison"}))
    for _ in range(2):
        async with worker_process(database_url) as worker:
            await worker.wait()
    async with worker_process(database_url):
        await until_empty(book)
    (failed,) = await read_jobs(book.drafts)
    assert [attempt for _, attempt in await runs(book)] == [1, 2]
    assert (failed.state, str(failed.error)[-15:]) == ("failed", "[job-abandoned]")


async def test_a_worker_that_has_lost_a_job_does_not_touch_it(database: Database) -> None:
    """Another has it by now. Its run is ended at the next heartbeat, and what it says counts no more."""
    is_over = asyncio.Event()

    async def hangs(_: JobRun) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            is_over.set()

    greet = Notebook(hangs)
    async with working(database, {"greet": greet.handler()}, patience=0.5):
        await give(database, Job("greet"))
        await until_run(greet)
        async with database.transaction() as transaction:
            await transaction.execute(
                "UPDATE masthead.job SET queue_manager_id = gen_random_uuid(), "
                "heartbeat = now() + interval '1 hour'"
            )
        await asyncio.wait_for(is_over.wait(), 30)
    (job,) = await read_jobs(database.drafts)
    assert (job.state, job.attempts) == ("running", 1)


async def test_what_runs_when_a_worker_is_stopped_runs_again_at_once(database: Database) -> None:
    """It is put back rather than found later; being interrupted is no attempt."""

    async def hangs(_: JobRun) -> None:
        await asyncio.Event().wait()

    greet = Notebook(hangs)
    async with working(database, {"greet": greet.handler()}):
        await give(database, Job("greet"))
        await until_run(greet)
    (job,) = await read_jobs(database.drafts)
    assert (job.state, job.attempts) == ("waiting", 0)
    async with working(database, {"greet": greet.handler()}):
        await until_empty(database)
    assert greet.attempts == [1, 1]


async def test_a_worker_goes_on_when_its_connections_were_cut(database: Database) -> None:
    """All of them, the one that it listens on too; what runs meanwhile is settled after."""
    cut = asyncio.Event()

    async def waits(_: JobRun) -> None:
        await cut.wait()

    greet = Notebook(waits)
    async with working(database, {"greet": greet.handler()}, patience=2):
        await give(database, Job("greet"))
        await until_run(greet)
        async with database.transaction() as transaction:
            await transaction.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        cut.set()
        async with database.transaction() as transaction:
            await enqueue(transaction, [Job("greet")])
        await until_empty(database)
    assert len({run.id for run in greet.runs}) == 2
