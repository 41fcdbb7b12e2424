"""A scheduler that is killed at a statement: `python -m … URL`, then lines with the statement's number.

For each line a child is forked that runs what is due and kills itself with SIGKILL before its n-th statement
in a transaction; answered with "killed", or "done" when it had fewer.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Executable, Table
from tests.store.content.commands.desk import MODEL
from tests.store.content.scheduling.clockwork import NOON

from masthead.content.commands import Commands
from masthead.content.scheduling import Scheduler
from masthead.kernel.telemetry import configure_logging
from masthead.store import Database, Transaction, open_database


class Mortal(Transaction):
    """Dies before its n-th statement."""

    left: int

    def _live(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    async def execute(self, statement: Executable | str, *arguments: Any, **named: Any) -> str:
        """As a transaction does, while it lives."""
        self._live()
        return await super().execute(statement, *arguments, **named)

    async def execute_many(self, statement: Executable | str, rows: Iterable[Sequence[Any]]) -> None:
        """As a transaction does, while it lives."""
        self._live()
        await super().execute_many(statement, rows)

    async def fetch(self, statement: Executable | str, *arguments: Any, **named: Any) -> list[dict[str, Any]]:
        """As a transaction does, while it lives."""
        self._live()
        return await super().fetch(statement, *arguments, **named)

    async def copy(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """As a transaction does, while it lives."""
        self._live()
        await super().copy(table, columns, rows)


async def run(url: str, statement: int) -> None:
    """Do what was due an hour ago."""
    async with open_database(url, size=2) as opened:

        class Doomed(Database):
            @asynccontextmanager
            async def transaction(self) -> AsyncIterator[Transaction]:
                async with self._owner.acquire() as connection, connection.transaction():
                    mortal = Mortal(connection)  # type: ignore[arg-type]  # a proxy with the same methods
                    mortal.left = statement
                    yield mortal

        database = Doomed(url, opened._owner)
        hour = NOON + timedelta(hours=1)
        commands = Commands(database, MODEL, clock=lambda: hour)
        await Scheduler(database, commands, lambda: hour).run_due()


def main(url: str) -> None:
    """Answer every line; everything is imported once."""
    configure_logging("worker", level="error")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            asyncio.run(run(url, int(line)))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        is_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        answer = "killed" if is_killed else "done" if status == 0 else f"failed {status}"
        print(answer, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main(sys.argv[1])
