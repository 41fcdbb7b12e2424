"""How many SQL statements an answer takes: counted in PostgreSQL's own log."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

# Opening and closing a transaction is no statement of the operation.
_STATEMENT = re.compile(
    r"LOG:  (?:statement|execute [^:]*): (?!\s*(?:begin|commit|rollback|start))", re.IGNORECASE
)


@contextmanager
def logged(url: str) -> Iterator[None]:
    """Every statement is written to the log, of sessions that are open too."""
    asyncio.run(_set(url, "ALTER SYSTEM SET log_statement = 'all'"))
    try:
        yield
    finally:
        asyncio.run(_set(url, "ALTER SYSTEM RESET log_statement"))


def count(log: Path, ask: Callable[[], object]) -> int:
    """Statements while `ask` runs."""
    before = log.stat().st_size
    ask()
    with log.open("rb") as lines:
        lines.seek(before)
        return len(_STATEMENT.findall(lines.read().decode(errors="replace")))


async def _set(url: str, change: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(change)
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()
