"""A world in PostgreSQL, inside a transaction that is undone, and its rows read back plainly."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from tests.store.query.oracle.world import World

from masthead.store import Database, Transaction, registry, tables_of

NOW = datetime(2025, 1, 1, tzinfo=UTC)


class _UndoneError(Exception):
    pass


class OneTransaction:
    """Reads inside one open transaction, as a Reader reads in a pool."""

    transaction: Transaction

    async def fetch_rows(self, sql: str, arguments: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """The rows of a statement whose columns are JSON."""
        return await self.transaction._connection.fetch(sql, *arguments)


@asynccontextmanager
async def fill(database: Database, world: World) -> AsyncIterator[Transaction]:
    """A transaction in which the world's entries are there, and which leaves nothing behind."""
    with suppress(_UndoneError):
        async with database.transaction() as transaction:
            await insert(transaction, world)
            yield transaction
            _undo()


def _undo() -> None:
    raise _UndoneError


async def insert(transaction: Transaction, world: World) -> None:
    """Put the world's entries into the tables of its stage."""
    tables = tables_of(world.model, world.stage)
    identities = {each.name: each.identity for each in world.model}
    registered = [
        (row["id"], identities[name], row["id"], NOW, NOW)
        for name, rows in world.entries.items()
        for row in rows
    ]
    await transaction.copy(registry.entry, ["id", "type", "head", "created_at", "updated_at"], registered)
    for name, rows in world.entries.items():
        if rows:
            columns = list(rows[0])
            values = [tuple(row[column] for column in columns) for row in rows]
            await transaction.copy(tables.content[name], columns, values)
    for key, links in world.links.items():
        if links:
            await transaction.copy(tables.links[key], ["owner", "position", "target", "sort"], links)


async def read_rows(
    transaction: Transaction, world: World
) -> tuple[dict[str, list[dict[str, Any]]], dict[tuple[str, str], list[dict[str, Any]]]]:
    """Every row of every content table and link table, unsorted."""
    tables = tables_of(world.model, world.stage)
    entries = {
        name: await transaction.fetch(f'SELECT * FROM {world.stage}."{table.name}"')
        for name, table in tables.content.items()
    }
    links = {
        key: await transaction.fetch(f'SELECT * FROM {world.stage}."{table.name}"')
        for key, table in tables.links.items()
    }
    return entries, links
