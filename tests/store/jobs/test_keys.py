"""Keys: what is enqueued while a job of that key is there is never forgotten."""

import asyncio

from tests.store.jobs.workshop import Notebook, give, until_empty, working

from masthead.jobs import Job, JobRun, enqueue, wake_workers
from masthead.store import Database, open_database


async def test_what_is_enqueued_while_it_runs_is_done_after(database: Database) -> None:
    """Once, however often it was enqueued."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def waits(_: JobRun) -> None:
        begun.set()
        await may_end.wait()

    sweep = Notebook(waits)
    async with working(database, {"sweep": sweep.handler()}):
        await give(database, Job("sweep", key="one"))
        await begun.wait()
        for _ in range(3):
            await give(database, Job("sweep", key="one"))
        may_end.set()
        await until_empty(database)
    assert sweep.attempts == [1, 1]


async def test_also_when_that_run_was_its_last_attempt(database: Database) -> None:
    """What failed for the last time may be mended by what was enqueued meanwhile."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def fails(_: JobRun) -> None:
        begun.set()
        await may_end.wait()
        raise ValueError

    sweep = Notebook(fails)
    async with working(database, {"sweep": sweep.handler(attempts=1)}):
        await give(database, Job("sweep", key="one"))
        await begun.wait()
        await give(database, Job("sweep", key="one"))
        may_end.set()
        await until_empty(database)
    assert sweep.attempts == [1, 1]


async def test_the_last_run_sees_the_last_change(database: Database, database_url: str) -> None:
    """Many change a number, and enqueue with it, in one transaction each, some of them slow to commit; the
    handler reads the number. What it read last is what it is."""
    seen = 0

    async def read(_: JobRun) -> None:
        nonlocal seen
        (row,) = await database.drafts.fetch("SELECT n FROM public.number")
        seen = row["n"]

    async def change(opened: Database, times: int) -> None:
        for _ in range(times):
            async with opened.transaction() as transaction:
                await enqueue(transaction, [Job("sweep", key="one")])
                await transaction.execute("UPDATE public.number SET n = n + 1")
                await transaction.execute("SELECT pg_sleep(random() * 0.01)")
            await wake_workers(opened)

    async with database.transaction() as transaction:
        await transaction.execute("CREATE TABLE public.number AS SELECT 0 AS n")
    async with (
        open_database(database_url, size=5) as others,
        working(database, {"sweep": Notebook(*[read] * 10_000).handler()}),
    ):
        await asyncio.gather(*(change(others, 40) for _ in range(4)))
        await until_empty(database)
    assert seen == 160
