"""A worker that sends webhooks, as a process: `python -m tests.store.webhooks.worker_process URL`.

Everything is as in the worker role but for the pauses, which no test waits for.
"""

import asyncio
import sys
from datetime import timedelta

from masthead.events import Relay
from masthead.jobs.working import Worker
from masthead.roles.webhooks import Sender
from masthead.store import open_database
from masthead.webhooks import Attempts, Schedule, Sending, keep_expanding

SCHEDULE = Schedule((timedelta(milliseconds=50),) * 5)


async def main(url: str) -> None:
    """Until somebody kills it."""
    async with open_database(url, size=8) as database, open_database(url, size=3) as own:
        attempts = Attempts(database, Sender(timeout=0.5, may_be_private=True), SCHEDULE)

        async def source() -> str:
            return "https://example.org"

        async with asyncio.TaskGroup() as group:
            group.create_task(Relay(database).run())
            group.create_task(keep_expanding(database, source))
            worker = Worker(own, Sending(database, attempts).handlers(), patience=timedelta(seconds=1))
            group.create_task(worker.run())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
