"""What a change touches: by comparing the live tables before it and after it, and as the triggers note it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.store.query.oracle import World
from tests.store.query.oracle.store import insert

from masthead.model import ContentModel, kinds
from masthead.store import Touch, Transaction, is_compared, tables_of
from masthead.store.changes import folded

_SYSTEM = ("id", "path", "created_at", "updated_at", "published_at")


@dataclass(frozen=True, slots=True)
class Live:
    """Every public row: the values that a touch tells, and the text of all of it; links by owner and column,
    with their targets and the text of all of it."""

    rows: Mapping[tuple[str, UUID], tuple[Mapping[str, Any], str]]
    links: Mapping[tuple[str, UUID, str], tuple[list[str], str]]


async def read_live(transaction: Transaction, model: ContentModel) -> Live:
    """What the tables hold now."""
    tables = tables_of(model, "live")
    rows, links = {}, {}
    for content_type in model:
        told = {*_SYSTEM, *(field.column for field in content_type.fields if is_compared(field.kind))}
        for row in await transaction.fetch(
            f'SELECT id, to_jsonb(t)::text AS "json", t::text AS "text" FROM live."{content_type.table}" t'
        ):
            values = {name: value for name, value in json.loads(row["json"]).items() if name in told}
            rows[content_type.name, row["id"]] = values, row["text"]
        for field in content_type.fields:
            if not isinstance(field.kind, kinds.References):
                continue
            table = tables.links[content_type.name, field.name].name
            for row in await transaction.fetch(
                "SELECT owner, jsonb_agg(target ORDER BY position)::text AS targets, "
                "string_agg(l::text, chr(10) ORDER BY position) AS text "
                f'FROM live."{table}" l GROUP BY owner'
            ):
                key = content_type.name, row["owner"], field.column
                links[key] = json.loads(row["targets"]), row["text"]
    return Live(rows, links)


Write = Callable[[Transaction, World], Awaitable[None]]


async def noted_by(transaction: Transaction, world: World, write: Write) -> tuple[Touch, ...]:
    """The tables hold this world and no other; what the triggers noted meanwhile."""
    (mark,) = await transaction.fetch("SELECT coalesce(max(id), 0) AS id FROM masthead.touched")
    await write(transaction, world)
    return folded(
        await transaction.fetch(
            "SELECT type, field, entry_id, old::text AS old, new::text AS new, old_digest, new_digest "
            "FROM masthead.touched WHERE id > $1 ORDER BY id",
            mark["id"],
        )
    )


async def refill(transaction: Transaction, world: World) -> None:
    """As an import writes: everything is taken out and put in again."""
    await transaction.execute("DELETE FROM masthead.entry")
    await insert(transaction, world)


async def rewrite(transaction: Transaction, world: World) -> None:
    """As commands write: rows are updated in their place, lists taken out and put in again item by item."""
    tables = tables_of(world.model, "live")
    known = {name: [row["id"] for row in rows] for name, rows in world.entries.items()}
    everything = [id_ for ids in known.values() for id_ in ids]
    await transaction.execute("DELETE FROM masthead.entry WHERE id <> ALL ($1::uuid[])", everything)
    there = {row["id"] for row in await transaction.fetch("SELECT id FROM masthead.entry")}
    fresh = World(world.model, world.stage)
    fresh.entries = {
        name: [row for row in rows if row["id"] not in there] for name, rows in world.entries.items()
    }
    await insert(transaction, fresh)
    for name, rows in world.entries.items():
        old = [row for row in rows if row["id"] in there]
        if not old:
            continue
        columns = [column for column in old[0] if column != "id"]
        new = ", ".join(f'"{column}" = ${number}' for number, column in enumerate(columns, start=2))
        sql = f'UPDATE live."{tables.content[name].name}" SET {new} WHERE id = $1'
        await transaction.execute_many(sql, [(row["id"], *(row[each] for each in columns)) for row in old])
    for key, links in world.links.items():
        table = f'live."{tables.links[key].name}"'
        await transaction.execute(f"DELETE FROM {table} WHERE owner = ANY ($1::uuid[])", known[key[0]])
        sql = f"INSERT INTO {table} (owner, position, target, sort) VALUES ($1, $2, $3, $4)"
        await transaction.execute_many(sql, links)


def touches_between(before: Live, after: Live) -> tuple[Touch, ...]:
    """The rows that are not as they were, each once."""
    columns: dict[tuple[str, UUID], list[str]] = {}
    for name, owner, column in {*before.links, *after.links}:
        if before.links.get((name, owner, column)) != after.links.get((name, owner, column)):
            columns.setdefault((name, owner), []).append(column)
    touched = {key for key in {*before.rows, *after.rows} if before.rows.get(key) != after.rows.get(key)}
    return tuple(
        Touch(*key, _told(before, key, columns.get(key, [])), _told(after, key, columns.get(key, [])))
        if key in touched
        else Touch(*key, _links(before, key, columns[key]), _links(after, key, columns[key]))
        for key in sorted({*touched, *columns})
    )


def _told(live: Live, key: tuple[str, UUID], columns: list[str]) -> Mapping[str, Any] | None:
    if key not in live.rows:
        return None
    return {**live.rows[key][0], **_links(live, key, columns)}


def _links(live: Live, key: tuple[str, UUID], columns: list[str]) -> dict[str, Any]:
    return {column: live.links.get((*key, column), ([], ""))[0] for column in columns}
