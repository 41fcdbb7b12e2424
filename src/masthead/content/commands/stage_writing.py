"""The rows of both stages that a turn leaves.

Rows are updated, and inserted where there is none, never deleted and inserted where others may be at work:
PostgreSQL's check of a foreign key waits for a row that is being deleted, and does not see the one that is
put in its place. Nor are unique columns set: PostgreSQL would lock the row against those checks. An entry
whose address or slug changes is deleted first; that happens in exclusive mode only. INSERT … ON CONFLICT
would compute the words of the search column twice (a third of the time of a row with 4 KB of text); here
nobody else inserts meanwhile, because the entry is locked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql

from masthead.content.projection import Rows
from masthead.content.records import Record
from masthead.model import ContentModel
from masthead.store import STAGES, Stage, Tables, Transaction, tables_of, written_columns

_List = tuple[Stage, str, str]
"""A list of references: stage, content type, field."""

_LIST_COLUMNS = ("owner", "position", "target", "sort")
_EMPTIED = "DELETE FROM {table} WHERE owner = ANY({arrays})"
_FILLED = "INSERT INTO {table} (owner, position, target, sort) SELECT * FROM unnest({arrays})"
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


class StageRows:
    """Writes rows of a model's tables; made once, used for every turn."""

    def __init__(self, model: ContentModel) -> None:
        self._tables: Mapping[Stage, Tables] = {stage: tables_of(model, stage) for stage in STAGES}
        self._statements = lru_cache(maxsize=None)(self._statement)
        self._list_statements = lru_cache(maxsize=1000)(self._list_statement)

    async def remove(self, transaction: Transaction, stage: Stage, ids: Mapping[str, Sequence[UUID]]) -> None:
        """Take entries, by type, out of a stage; their link rows go with them."""
        for name, each in ids.items():
            table = self._tables[stage].content[name].name
            await transaction.execute(
                f'DELETE FROM {stage}."{table}" WHERE id = ANY($1::uuid[])',  # noqa: S608 - physical names
                list(each),
            )

    async def stamp(
        self, transaction: Transaction, name: str, entry: UUID, published_at: datetime | None
    ) -> None:
        """Say in a draft when it was first published."""
        table = self._tables["draft"].content[name].name
        sql = f'UPDATE draft."{table}" SET published_at = $2 WHERE id = $1'  # noqa: S608 - a physical name
        await transaction.execute(sql, entry, published_at)

    async def put(
        self,
        transaction: Transaction,
        projected: Iterable[tuple[Record, Mapping[Stage, Rows]]],
        *,
        kept: frozenset[tuple[Stage, UUID, str]],
        absent: frozenset[tuple[Stage, UUID]],
    ) -> None:
        """Put the rows in the place of what is there: nothing of `absent` entries (stage, entry), and of
        `kept` lists of references (stage, entry, field) what they should be."""
        rows: dict[tuple[Stage, str], list[Mapping[str, Any]]] = {}
        old: dict[_List, list[UUID]] = {}
        links: dict[_List, list[tuple[Any, ...]]] = {}
        for record, by_stage in projected:
            for stage, each in by_stage.items():
                rows.setdefault((stage, record.content_type.name), []).append(each.row)
                for field, found in each.links.items():
                    if (stage, record.id, field) in kept:
                        continue
                    key = (stage, record.content_type.name, field)
                    if (stage, record.id) not in absent:
                        old.setdefault(key, []).append(record.id)
                    if found:
                        links.setdefault(key, []).extend(found)
        for (stage, name), new in rows.items():
            columns = written_columns(self._tables[stage].content[name])
            values = [tuple(row[column] for column in columns) for row in new]
            await transaction.execute_many(self._statements(stage, name), values)
        if old:
            await transaction.execute(self._list_statements(_EMPTIED, *old), *old.values())
        if links:
            arrays = [list(each) for new_links in links.values() for each in zip(*new_links, strict=True)]
            await transaction.execute(self._list_statements(_FILLED, *links), *arrays)

    def _statement(self, stage: Stage, name: str) -> str:
        table = self._tables[stage].content[name]
        columns = written_columns(table)
        names = ", ".join(f'"{each}"' for each in columns)
        places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
        kept = {column.name for index in table.indexes if index.unique for column in index.columns}
        new = ", ".join(
            f'"{each}" = ${number}'
            for number, each in enumerate(columns, start=1)
            if each not in {"id", *kept}
        )
        own = columns.index("id") + 1
        return (
            f'WITH there AS (UPDATE {stage}."{table.name}" SET {new} WHERE id = ${own} RETURNING id) '  # noqa: S608 - physical names
            f'INSERT INTO {stage}."{table.name}" ({names}) SELECT {places} '
            "WHERE NOT EXISTS (SELECT FROM there)"
        )

    def _list_statement(self, form: str, *lists: _List) -> str:
        """What is done to some lists of references, in one round trip; four arrays a list, or one."""
        parts = []
        numbers = count(1)
        for stage, name, field in lists:
            table = self._tables[stage].links[name, field]
            arrays = [
                f"${next(numbers)}::{table.c[each].type.compile(dialect=_DIALECT)}[]"
                for each in (_LIST_COLUMNS if form is _FILLED else _LIST_COLUMNS[:1])
            ]
            parts.append(form.format(table=f'{stage}."{table.name}"', arrays=", ".join(arrays)))
        return f"WITH {', '.join(f'list_{number} AS ({part})' for number, part in enumerate(parts))} SELECT"
