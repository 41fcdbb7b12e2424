"""Recompute both projections from the revisions and compare them with the tables: they are equal, always.

Slow and obvious on purpose. Nothing is taken from the tables that are checked: addresses come from the
revisions too.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from masthead.content.comparing import (
    Discrepancy,
    Stored,
    compare_record,
    compare_routes,
    expected_routes,
)
from masthead.content.loading import load_records
from masthead.content.records import Record, World, rows_of, texts_of
from masthead.content.renderer import LocalRenderer
from masthead.content.routes import old_routes
from masthead.model import ContentModel
from masthead.store import STAGES, Database, Stage, Tables, Transaction, tables_of, written_columns

_BATCH = 200


async def verify(database: Database, model: ContentModel) -> AsyncIterator[Discrepancy]:
    """Everything in `live`, `draft` and the registry of links that differs from what the revisions give."""
    async with database.transaction() as transaction:
        # One view of the database for all statements: an import meanwhile is not a difference.
        await transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        async for each in _Verification(transaction, model).run():
            yield each


@dataclass(slots=True)
class _Verification:
    transaction: Transaction
    model: ContentModel
    live: dict[str, str | None] = field(default_factory=dict)
    draft: dict[str, str | None] = field(default_factory=dict)
    own: list[tuple[str, UUID]] = field(default_factory=list)
    old: list[tuple[str, UUID]] = field(default_factory=list)
    links: set[tuple[str, UUID, UUID]] = field(default_factory=set)

    async def run(self) -> AsyncIterator[Discrepancy]:
        ids = [row["id"] for row in await self.transaction.fetch("SELECT id FROM masthead.entry ORDER BY id")]
        async for record in self._records(ids):
            self._note(record)
        tables = {stage: tables_of(self.model, stage) for stage in STAGES}
        world = World(self.live, self.draft)
        for start in range(0, len(ids), _BATCH):
            async for each in self._batch(ids[start : start + _BATCH], world, tables):
                yield each
        rows = await self.transaction.fetch("SELECT path, entry_id, is_canonical FROM live._route")
        routes = {row["path"]: (row["entry_id"], row["is_canonical"]) for row in rows}
        for each in compare_routes(expected_routes(self.own, self.old), routes):
            yield each
        async for each in self._registry(set(ids)):
            yield each

    async def _records(self, ids: list[UUID]) -> AsyncIterator[Record]:
        for start in range(0, len(ids), _BATCH):
            for record in await load_records(self.transaction, self.model, ids[start : start + _BATCH]):
                yield record

    def _note(self, record: Record) -> None:
        """What others see of the entry: its addresses, and whom it refers to."""
        self.draft[str(record.id)] = record.address("draft")
        if record.published is not None:
            self.live[str(record.id)] = address = record.address("live")
            if address is not None:
                self.own.append((address, record.id))
            self.old += old_routes([record])
        for stage in STAGES:
            self.links |= {(stage, record.id, UUID(target)) for target in record.references(stage)}

    async def _batch(
        self, ids: list[UUID], world: World, tables: dict[Stage, Tables]
    ) -> AsyncIterator[Discrepancy]:
        stored = await self._stored(ids, tables)
        renderer = LocalRenderer()
        records = {record.id: record for record in await load_records(self.transaction, self.model, ids)}
        for record in records.values():
            texts = texts_of(record, world)
            shown = await renderer.show([text for _, text in texts])
            _, expected = rows_of(record, texts, shown, world)
            for each in compare_record(record, expected, stored, self.model, tables):
                yield each
        for stage, name, entry in stored.rows:
            if entry not in records:
                table = f"{stage}.{self.model[name].table}"
                yield Discrepancy(table, str(entry), "is there, and its entry is archived")

    async def _stored(self, ids: list[UUID], tables: dict[Stage, Tables]) -> Stored:
        stored = Stored()
        for stage in STAGES:
            for name, table in tables[stage].content.items():
                columns = ", ".join(f'"{column}"' for column in written_columns(table))
                sql = f'SELECT {columns} FROM {stage}."{table.name}" WHERE id = ANY($1::uuid[])'  # noqa: S608 - physical names
                for row in await self.transaction.fetch(sql, ids):
                    stored.rows[stage, name, row["id"]] = row
            for (name, field_name), table in tables[stage].links.items():
                sql = (
                    f'SELECT owner, position, target, sort FROM {stage}."{table.name}" '  # noqa: S608 - physical names
                    "WHERE owner = ANY($1::uuid[]) ORDER BY owner, position"
                )
                for row in await self.transaction.fetch(sql, ids):
                    key = (stage, name, field_name, row["owner"])
                    stored.links.setdefault(key, []).append(tuple(row.values()))
        return stored

    async def _registry(self, ids: set[UUID]) -> AsyncIterator[Discrepancy]:
        """The registry of links, and what follows from it: which derived entries are public."""
        rows = await self.transaction.fetch("SELECT stage, owner, target FROM masthead.link")
        found = {(row["stage"], row["owner"], row["target"]) for row in rows}
        wanted = {each for each in self.links if each[2] in ids}
        for stage, owner, target in sorted(found - wanted):
            yield Discrepancy("masthead.link", str(owner), f"says {stage} refers to {target}; it does not")
        for stage, owner, target in sorted(wanted - found):
            yield Discrepancy("masthead.link", str(owner), f"misses that {stage} refers to {target}")
        derived = await self.transaction.fetch(
            "SELECT id, published IS NOT NULL AS is_public FROM masthead.entry "
            "WHERE is_derived AND archived_at IS NULL ORDER BY id"
        )
        referred = {target for stage, _, target in wanted if stage == "live"}
        for row in derived:
            if row["is_public"] != (row["id"] in referred):
                what = "is public, and nothing public refers to it"
                missing = "is not public, and something public refers to it"
                yield Discrepancy("masthead.entry", str(row["id"]), what if row["is_public"] else missing)
