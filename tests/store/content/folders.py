"""Folders for import tests, and what is public after an import without what differs from run to run."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from masthead.content import ImportOptions, ImportReport, import_folder, verify
from masthead.model import ContentModel, default_model
from masthead.store import Database, tables_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""

MODEL = default_model()


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make the files of `folder`, by relative path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


async def bring_in(
    database: Database, folder: Path, model: ContentModel = MODEL, **options: Any
) -> ImportReport:
    """Import, with the data beside the folder."""
    return await import_folder(
        database, model, folder, data=folder.parent / "data", options=ImportOptions(**options)
    )


async def public(database: Database, table: str) -> list[dict[str, Any]]:
    """All rows of a live table, in the order of their paths."""
    async with database.transaction() as transaction:
        return await transaction.fetch(f'SELECT * FROM live."{table}" ORDER BY path')


async def paths(database: Database) -> list[str]:
    """Every public address that is an entry's own."""
    async with database.transaction() as transaction:
        rows = await transaction.fetch("SELECT path FROM live._route WHERE is_canonical ORDER BY path")
    return [row["path"] for row in rows]


async def redirects(database: Database) -> dict[str, str]:
    """Where old addresses lead."""
    async with database.transaction() as transaction:
        rows = await transaction.fetch(
            "SELECT r.path, own.path AS target FROM live._route AS r "
            "JOIN live._route AS own ON own.entry_id = r.entry_id AND own.is_canonical "
            "WHERE NOT r.is_canonical ORDER BY r.path"
        )
    return {row["path"]: row["target"] for row in rows}


async def differences(database: Database, model: ContentModel = MODEL) -> list[str]:
    """What verify finds."""
    return [str(each) async for each in verify(database, model)]


async def dump(database: Database, model: ContentModel = MODEL) -> str:
    """Everything public, canonical: addresses in place of ids, no moments of the import."""
    tables = tables_of(model, "live")
    found: dict[str, Any] = {}
    async with database.transaction() as transaction:
        names: dict[str, str] = {}
        rows: dict[str, list[dict[str, Any]]] = {}
        for name, table in tables.content.items():
            rows[name] = await transaction.fetch(f'SELECT * FROM live."{table.name}"')
            names |= {str(row["id"]): row["path"] or name for row in rows[name]}
        for name, each in rows.items():
            found[name] = sorted((_plain(row, names) for row in each), key=repr)
        for (name, field), table in tables.links.items():
            links = await transaction.fetch(f'SELECT owner, position, target, sort FROM live."{table.name}"')
            found[f"{name}.{field}"] = sorted(
                [names[str(row["owner"])], row["position"], names[str(row["target"])], str(row["sort"])]
                for row in links
            )
    return json.dumps(found, indent=1, default=str)


def _plain(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A row as anybody would write it: ids are addresses."""
    left = ("id", "created_at", "updated_at", "published_at")
    plain = {key: str(value) for key, value in row.items() if key not in left and value is not None}
    return {key: names.get(value, value) for key, value in plain.items()}
