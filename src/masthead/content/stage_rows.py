"""The rows of the stages' tables: what a projection gives is put in the place of what was there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from masthead.content.projection import Rows
from masthead.content.records import Record
from masthead.model import ContentModel
from masthead.store import STAGES, Stage, Transaction, tables_of


class StageWriter:
    """Writes rows into both stages of a model's tables."""

    def __init__(self, transaction: Transaction, model: ContentModel) -> None:
        self._transaction = transaction
        self._tables = {stage: tables_of(model, stage) for stage in STAGES}

    async def remove(self, ids: Sequence[UUID]) -> None:
        """Take the entries out of every table: an entry may have changed its type."""
        if not ids:
            return
        for stage in STAGES:
            for table in self._tables[stage].content.values():
                await self._transaction.execute(
                    f'DELETE FROM {stage}."{table.name}" WHERE id = ANY($1::uuid[])',  # noqa: S608 - physical names
                    list(ids),
                )

    async def add(self, projected: Iterable[tuple[Record, Mapping[Stage, Rows]]]) -> None:
        """Add the rows of records that are not in the tables."""
        content: dict[tuple[Stage, str], list[Mapping[str, Any]]] = {}
        links: dict[tuple[Stage, str, str], list[tuple[Any, ...]]] = {}
        for record, rows in projected:
            name = record.content_type.name
            for stage, each in rows.items():
                content.setdefault((stage, name), []).append(each.row)
                for field, found in each.links.items():
                    links.setdefault((stage, name, field), []).extend(found)
        for (stage, name), new in content.items():
            table = self._tables[stage].content[name]
            columns = [column.name for column in table.columns]
            values = [tuple(row[column] for column in columns) for row in new]
            await self._transaction.copy(table, columns, values)
        for (stage, name, field), new_links in links.items():
            table = self._tables[stage].links[name, field]
            await self._transaction.copy(table, ["owner", "position", "target", "sort"], new_links)
