"""The rows of the stages' tables: what a projection gives is put in the place of what was there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from masthead.content.projection import Rows
from masthead.content.records import Record
from masthead.model import ContentModel
from masthead.store import STAGES, Stage, Transaction, tables_of, written_columns

_LINK_COLUMNS = ["owner", "position", "target", "sort"]


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
        same: dict[str, list[UUID]] = {}
        for record, rows in projected:
            name = record.content_type.name
            is_same = rows.get("live") is rows["draft"]
            if is_same:
                same.setdefault(name, []).append(record.id)
            for stage, each in rows.items():
                if is_same and stage == "draft":
                    continue
                content.setdefault((stage, name), []).append(each.row)
                for field, found in each.links.items():
                    links.setdefault((stage, name, field), []).extend(found)
        for (stage, name), new in content.items():
            table = self._tables[stage].content[name]
            columns = written_columns(table)
            values = [tuple(row[column] for column in columns) for row in new]
            await self._transaction.copy(table, columns, values)
        for (stage, name, field), new_links in links.items():
            table = self._tables[stage].links[name, field]
            await self._transaction.copy(table, _LINK_COLUMNS, new_links)
        for name, ids in same.items():
            await self._repeat(name, ids)

    async def _repeat(self, name: str, ids: list[UUID]) -> None:
        """Draft rows that are as the live ones: PostgreSQL copies them, texts still compressed."""
        tables = [(self._tables["live"].content[name], "id")]
        tables += [
            (table, "owner") for (owner, _), table in self._tables["live"].links.items() if owner == name
        ]
        for table, key in tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            await self._transaction.execute(
                f'INSERT INTO draft."{table.name}" ({columns}) '  # noqa: S608 - physical names
                f'SELECT {columns} FROM live."{table.name}" WHERE "{key}" = ANY($1::uuid[])',
                ids,
            )
