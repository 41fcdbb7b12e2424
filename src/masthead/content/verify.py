"""Recompute both projections from the revisions and compare them with the tables: they are equal, always."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.content.loading import load_records, load_world
from masthead.content.projection import Rows
from masthead.content.records import Record, rows_of, texts_of
from masthead.content.renderer import LocalRenderer
from masthead.content.routes import old_routes
from masthead.model import ContentModel, ContentType
from masthead.store import STAGES, Database, Stage, Tables, Transaction, tables_of

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What is not as the revisions say. `table` is qualified; `subject` an entry's id or an address."""

    table: str
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.subject}: {self.what}"


async def verify(database: Database, model: ContentModel) -> AsyncIterator[Discrepancy]:
    """Everything in `live` and `draft` that differs from what the revisions give."""
    async with database.transaction() as transaction:
        # One snapshot of the database for all statements: an import meanwhile is not a difference.
        await transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        verification = _Verification(transaction, model)
        async for each in verification.run():
            yield each


class _Verification:
    def __init__(self, transaction: Transaction, model: ContentModel) -> None:
        self._transaction = transaction
        self._model = model
        self._tables: dict[Stage, Tables] = {stage: tables_of(model, stage) for stage in STAGES}
        self._owned: dict[UUID, str] = {}
        self._old: list[tuple[str, UUID]] = []

    async def run(self) -> AsyncIterator[Discrepancy]:
        rows = await self._transaction.fetch(
            "SELECT id FROM masthead.entry WHERE archived_at IS NULL ORDER BY id"
        )
        ids = [row["id"] for row in rows]
        for start in range(0, len(ids), _BATCH):
            async for each in self._batch(ids[start : start + _BATCH]):
                yield each
        async for each in self._strangers(ids):
            yield each
        for each in self._routes(await self._transaction.fetch("SELECT * FROM live._route")):
            yield each
        for each in await self._derived():
            yield each

    async def _batch(self, ids: list[UUID]) -> AsyncIterator[Discrepancy]:
        records = await load_records(self._transaction, self._model, ids)
        targets = {each for record in records for stage in STAGES for each in record.references(stage)}
        # What others are called is taken from the tables: they are compared too, each in its turn.
        world = await load_world(self._transaction, self._model, targets, ())
        found = await self._stored(ids)
        links = await self._stored_links(ids)
        for record in records:
            shown = await LocalRenderer().show(texts_of(record, world))
            _, expected = rows_of(record, shown, world)
            for stage in STAGES:
                for each in self._compare(record, stage, expected.get(stage), found, links):
                    yield each
            if (address := record.address("live")) is not None:
                self._owned[record.id] = address
            self._old += old_routes([record])
        for each in await self._references(records):
            yield each

    async def _stored(self, ids: list[UUID]) -> dict[tuple[Stage, str, UUID], Mapping[str, Any]]:
        found: dict[tuple[Stage, str, UUID], Mapping[str, Any]] = {}
        for stage in STAGES:
            for content_type in self._model:
                sql = f'SELECT * FROM {stage}."{content_type.table}" WHERE id = ANY($1::uuid[])'  # noqa: S608
                for row in await self._transaction.fetch(sql, ids):
                    found[stage, content_type.name, row["id"]] = row
        return found

    async def _stored_links(self, ids: list[UUID]) -> dict[tuple[Stage, str, str, UUID], list[tuple[Any, ...]]]:
        found: dict[tuple[Stage, str, str, UUID], list[tuple[Any, ...]]] = {}
        for stage in STAGES:
            for (name, field), table in self._tables[stage].links.items():
                sql = (
                    f'SELECT owner, position, target, sort FROM {stage}."{table.name}" '  # noqa: S608
                    "WHERE owner = ANY($1::uuid[]) ORDER BY owner, position"
                )
                for row in await self._transaction.fetch(sql, ids):
                    key = (stage, name, field, row["owner"])
                    found.setdefault(key, []).append(tuple(row.values()))
        return found

    def _compare(
        self,
        record: Record,
        stage: Stage,
        expected: Rows | None,
        found: Mapping[tuple[Stage, str, UUID], Mapping[str, Any]],
        links: Mapping[tuple[Stage, str, str, UUID], list[tuple[Any, ...]]],
    ) -> list[Discrepancy]:
        problems: list[Discrepancy] = []
        for content_type in self._model:
            table = f"{stage}.{content_type.table}"
            row = found.get((stage, content_type.name, record.id))
            is_own = content_type is record.content_type and expected is not None
            if row is not None and not is_own:
                problems.append(Discrepancy(table, str(record.id), "is there and should not be"))
            elif row is None and is_own:
                problems.append(Discrepancy(table, str(record.id), "is missing"))
            elif row is not None and expected is not None:
                problems += _differing_columns(table, record.id, expected.row, row)
        if expected is not None:
            for field, rows in expected.links.items():
                stored = links.get((stage, record.content_type.name, field, record.id), [])
                if stored != list(rows):
                    name = self._tables[stage].links[record.content_type.name, field].name
                    what = f"links to {_targets(stored)} and should link to {_targets(rows)}"
                    problems.append(Discrepancy(f"{stage}.{name}", str(record.id), what))
        return problems
