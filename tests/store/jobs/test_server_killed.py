"""PostgreSQL is killed while a worker works, and comes back: the worker does too, and no job is lost."""

import os
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from tests.store.jobs.workshop import TABLES, give, until, until_empty, worker_process

from masthead.jobs import Job
from masthead.model import default_model
from masthead.store import Database, apply_model, embedded_server, open_database


async def _effects(database: Database) -> int:
    (row,) = await database.drafts.fetch("SELECT count(*) AS n FROM public.effect")
    return int(row["n"])


async def test_every_job_is_done_after_the_server_was_killed() -> None:
    """By the same worker process, which nobody starts again."""
    names = {f"{number}" for number in range(600)}
    folder = Path(mkdtemp(prefix="masthead-test-"))  # not pytest's: the server may run as another user
    async with AsyncExitStack() as stack:
        with embedded_server(folder) as url:
            async with open_database(url, size=2) as database:
                await _prepare(database)
                await give(database, *(Job("note", {"name": name}) for name in sorted(names)))
                worker = await stack.enter_async_context(worker_process(url))

                async def is_at_work() -> bool:
                    return await _effects(database) > 50

                await until(is_at_work)
                os.kill(_postmaster(folder), signal.SIGQUIT)
        with embedded_server(folder) as again:
            assert again == url
            async with open_database(url, size=2) as database:
                before = await _effects(database)
                await until_empty(database)
                assert before < await _effects(database) == len(names)
            assert worker.returncode is None
    rmtree(folder)


async def _prepare(database: Database) -> None:
    await apply_model(database, default_model())
    async with database.transaction() as transaction:
        for statement in TABLES.split(";"):
            await transaction.execute(statement)


def _postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
