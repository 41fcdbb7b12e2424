"""A worker as a process of its own: `python -m tests.store.jobs.worker_process URL PATIENCE`.

Jobs of kind "hang" never end at their first attempt; all write each run, and an effect that is there once.
"""

import asyncio
import os
import sys
from datetime import timedelta

from masthead.jobs import Handler, JobRun
from masthead.jobs.working import Worker
from masthead.store import open_database


async def main(url: str, patience: int) -> None:
    """Until somebody kills it."""
    async with open_database(url, size=4) as database:

        async def write(sql: str, *arguments: object) -> None:
            async with database.transaction() as transaction:
                await transaction.execute(sql, *arguments)

        async def note(run: JobRun) -> None:
            await write("INSERT INTO public.run VALUES ($1, $2, $3)", run.id, run.attempt, os.getpid())
            await write(
                "INSERT INTO public.effect VALUES ($1) ON CONFLICT DO NOTHING", str(run.payload["name"])
            )

        async def hang(run: JobRun) -> None:
            await note(run)
            if run.attempt == 1:
                await asyncio.Event().wait()

        async def die(run: JobRun) -> None:
            await note(run)
            os.kill(os.getpid(), 9)

        handlers = {"note": Handler(note), "hang": Handler(hang), "die": Handler(die, attempts=2)}
        await Worker(database, handlers, patience=timedelta(seconds=patience)).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
