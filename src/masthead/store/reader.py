"""Single statements that read, and their answers: bytes for a client, or rows."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Executable

from masthead.store.failure import FAILURES, failure
from masthead.store.spending import timed
from masthead.store.statement import prepare


class Connections(Protocol):
    """Whatever runs a statement on one of its connections."""

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """The first column of the first row."""

    async def fetch(self, sql: str, *arguments: Any) -> list[Any]:
        """All rows."""


class Reader:
    """Runs single statements."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def fetch_rows(self, sql: str, arguments: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """The rows of a statement whose columns are `json`, each value as PostgreSQL spelled it.

        Raises UnavailableError when it takes too long or nothing answers, MastheadError otherwise.
        """
        try:
            with timed(sql):
                return await self._connections.fetch(sql, *arguments)
        except FAILURES as error:
            raise failure(error) from error

    async def fetch(self, statement: Executable | str, *arguments: Any, **named: Any) -> list[dict[str, Any]]:
        """All rows, as plain dictionaries."""
        sql, values = prepare(statement, arguments, named)
        with timed(sql):
            return [dict(row) for row in await self._connections.fetch(sql, *values)]
