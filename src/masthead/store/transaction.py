"""One transaction: what is done in it is there when it has committed, or not at all."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from itertools import count
from typing import Any

import asyncpg
from sqlalchemy import Executable, Table

from masthead.store.failure import FAILURES
from masthead.store.spending import timed
from masthead.store.statement import compile_statement, prepare


class Transaction:
    """One open transaction. Statements are SQLAlchemy trees or SQL text with $1, $2 …"""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._numbers = count(1)
        self.channels: set[str] = set()

    def wake(self, channel: str) -> None:
        """Notify a channel after the commit, if there is one. Not to be relied on alone."""
        self.channels.add(channel)

    async def execute(self, statement: Executable | str, *arguments: Any, **named: Any) -> str:
        """Run it; return PostgreSQL's command tag, such as "UPDATE 3"."""
        sql, values = prepare(statement, arguments, named)
        with timed(sql):
            return await self._connection.execute(sql, *values)

    async def execute_many(self, statement: Executable | str, rows: Iterable[Sequence[Any]]) -> None:
        """Run it once a row, in one round trip."""
        sql, _ = prepare(statement, (), {}) if isinstance(statement, str) else _text(statement)
        with timed(sql):
            await self._connection.executemany(sql, list(rows))

    async def fetch(self, statement: Executable | str, *arguments: Any, **named: Any) -> list[dict[str, Any]]:
        """All rows, as plain dictionaries. `json` columns come as bytes, `jsonb` ones as text."""
        sql, values = prepare(statement, arguments, named)
        with timed(sql):
            return [dict(row) for row in await self._connection.fetch(sql, *values)]

    async def fetch_value(self, statement: Executable | str, *arguments: Any, **named: Any) -> Any:
        """The first column of the first row, None where there is none."""
        sql, values = prepare(statement, arguments, named)
        with timed(sql):
            return await self._connection.fetchval(sql, *values)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is done in the block is undone when it raises; the rest of the transaction goes on."""
        name = f"savepoint_{next(self._numbers)}"
        await self._connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            await _undo(self._connection, f"ROLLBACK TO {name}")
            raise
        await self._connection.execute(f"RELEASE {name}")

    async def copy(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Load rows with COPY: the fastest way in."""
        with timed(table.name):
            await self._connection.copy_records_to_table(
                table.name, schema_name=table.schema, columns=list(columns), records=rows
            )


@asynccontextmanager
async def begin(
    connection: "asyncpg.Connection[asyncpg.Record]", opening: str = ""
) -> AsyncIterator[Transaction]:
    """A transaction: committed when the block ends, undone when it raises. `opening` is a statement without
    parameters that goes with the BEGIN, in one round trip. The driver's own transactions have no such way."""
    try:
        with timed(opening) if opening else nullcontext():
            await connection.execute(f"BEGIN; {opening}")
        yield Transaction(connection)
    except BaseException:
        await _undo(connection, "ROLLBACK")
        raise
    if await connection.execute("COMMIT") != "COMMIT":
        raise AssertionError("a statement of this transaction has failed, and its error was passed over")


async def _undo(connection: "asyncpg.Connection[asyncpg.Record]", sql: str) -> None:
    """What the server undoes by itself, if it cannot be told: the error that led here is the one to know."""
    with suppress(*FAILURES):
        await connection.execute(sql)


def _text(statement: Executable) -> tuple[str, tuple[str, ...]]:
    compiled = compile_statement(statement)
    return compiled.sql, compiled.names
