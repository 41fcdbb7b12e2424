"""Some drafts of a world become archived: rows of no stage, which lists make of the snapshots of heads."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from tests.store.query.oracle import World, read_rows
from tests.store.query.oracle.store import NOW

from masthead.model import ContentType, kinds
from masthead.store import Transaction

Row = dict[str, Any]
_WHEN = datetime(2025, 1, 2, tzinfo=UTC)
_REVISION = """
INSERT INTO masthead.revision (id, entry_id, number, snapshot, model, source, created_at)
SELECT t.id, t.id, 1, jsonb_build_object('fields', $2::jsonb || (
    SELECT jsonb_object_agg(m.key, to_jsonb(t) -> m.value) FROM jsonb_each_text($3::jsonb) m
)), '', 'studio', $4 FROM draft."{table}" t WHERE t.id = $1
"""
_ENTRY = """
UPDATE masthead.entry SET head = $1, published = NULL, archived_at = $2, published_at = $3 WHERE id = $1
"""
_MARKDOWN = ("", "_html", "_text", "_excerpt", "_toc", "_minutes")


@dataclass(frozen=True, slots=True)
class Archive:
    """Rows as lists of what is archived show them to those who see everything, and the links they own."""

    rows: Mapping[str, list[Row]] = field(default_factory=dict)
    links: Mapping[tuple[str, str], list[Row]] = field(default_factory=dict)

    def has(self, entry: UUID) -> bool:
        """Whether an entry is archived."""
        return any(row["id"] == entry for rows in self.rows.values() for row in rows)


async def archive(transaction: Transaction, world: World, chance: random.Random) -> Archive:
    """Archive a third of what can be listed."""
    entries, links = await read_rows(transaction, world)
    listed = [each for each in world.model if not each.is_singleton]
    gone = {each.name: [row for row in entries[each.name] if chance.random() < 0.35] for each in listed}
    owned = {
        key: [link for link in each if any(link["owner"] == row["id"] for row in gone.get(key[0], ()))]
        for key, each in links.items()
    }
    for content_type in listed:
        for row in gone[content_type.name]:
            at = chance.choice([None, _WHEN])
            await _register(transaction, content_type, row, owned)
            await transaction.execute(_ENTRY, row["id"], _WHEN, at)
            await _take(transaction, content_type, row["id"])
            row.update(_shown(content_type, row), published_at=at)
    return Archive(gone, owned)


async def _register(
    transaction: Transaction,
    content_type: ContentType,
    row: Row,
    owned: Mapping[tuple[str, str], list[Row]],
) -> None:
    columns, lists = {}, {}
    for each in content_type.fields:
        if isinstance(each.kind, kinds.References):
            links = [link for link in owned[content_type.name, each.name] if link["owner"] == row["id"]]
            ordered = sorted(links, key=lambda link: link["position"])
            lists[each.name] = [str(link["target"]) for link in ordered]
        else:
            columns[each.name] = each.column
    statement = _REVISION.format(table=content_type.table)
    written = orjson.dumps(lists).decode(), orjson.dumps(columns).decode()
    await transaction.execute(statement, row["id"], *written, _WHEN)


async def _take(transaction: Transaction, content_type: ContentType, entry: UUID) -> None:
    for each in content_type.fields:
        if isinstance(each.kind, kinds.References):
            table = f'draft."{content_type.table}__{each.column}"'
            await transaction.execute(f"DELETE FROM {table} WHERE owner = $1", entry)
    await transaction.execute(f'DELETE FROM draft."{content_type.table}" WHERE id = $1', entry)


def _shown(content_type: ContentType, row: Row) -> Row:
    """What is rendered is null and there is no address; JSON knows no negative nought."""
    shown: Row = {"path": None, "created_at": NOW, "updated_at": _WHEN}
    for each in content_type.fields:
        match each.kind:
            case kinds.References():
                pass
            case kinds.Markdown():
                shown |= {each.column + suffix: None for suffix in _MARKDOWN}
            case kinds.Blocks():
                shown[each.column] = None
            case _:
                value = row[each.column]
                shown[each.column] = _as_json(each.default if value is None else value)
    return shown


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    return 0.0 if isinstance(value, float) and value == 0 else value
