"""Consumers that can be killed: `python -m tests.story.events.consumer_process FILE`, with DATABASE_URL.

One writes into PostgreSQL, in the transaction of its cursor; the other adds lines to a file.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.store.events.running import keep

from masthead.events import StoredEvent, run_consumer, run_handing_over
from masthead.kernel.telemetry import configure_logging
from masthead.store import Transaction, open_database

INSIDE, OUTSIDE = "inside", "outside"


def told(events: Sequence[StoredEvent]) -> list[StoredEvent]:
    """Those of the proof: others tell of real entries."""
    return [each for each in events if "tag" in each.data]


async def _inside(transaction: Transaction, events: Sequence[StoredEvent]) -> None:
    await keep(transaction, told(events))


async def main(file: Path) -> None:
    """Both, until the process is killed."""

    async def outside(events: Sequence[StoredEvent]) -> None:
        lines = "".join(f"{each.data['tag']}\n" for each in told(events))
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, lines.encode())  # all of it or, when we are killed before, nothing
        os.close(descriptor)

    configure_logging("consumer", "json")
    async with open_database(os.environ["DATABASE_URL"], size=2) as database, asyncio.TaskGroup() as group:
        group.create_task(run_consumer(database, INSIDE, _inside, size=50, poll=0.2))
        group.create_task(run_handing_over(database, OUTSIDE, outside, size=50, poll=0.2))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
