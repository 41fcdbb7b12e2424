"""Rows of a projection as the JSON that PostgreSQL reads them back from, column by column."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from masthead.content.projection import Rows
from masthead.model import ContentModel
from masthead.query import Overlay, link_key
from masthead.store import tables_of

LINK_COLUMNS = ("owner", "position", "target", "sort")


class OverlayRows:
    """Makes overlays of one model; made once."""

    def __init__(self, model: ContentModel) -> None:
        tables = tables_of(model, "live")
        self._json = {name: _json_columns(table) for name, table in tables.content.items()}
        self._links: dict[str, list[str]] = {}
        for name, field in tables.links:
            self._links.setdefault(name, []).append(field)

    def overlay(
        self, projected: Iterable[tuple[str, Rows]], types: Iterable[str], ids: Iterable[UUID]
    ) -> Overlay:
        """The rows of entries, each with its type's name; `types` are those of all the `ids`."""
        rows: dict[str, list[Mapping[str, Any]]] = {name: [] for name in types}
        links: dict[str, list[dict[str, Any]]] = {
            link_key(name, field): [] for name in rows for field in self._links.get(name, ())
        }
        for name, each in projected:
            rows[name].append(self._row(name, each.row))
            for field, found in each.links.items():
                links[link_key(name, field)] += [dict(zip(LINK_COLUMNS, link, strict=True)) for link in found]
        return Overlay(
            {name: json.dumps(each, default=_spelled) for name, each in rows.items()},
            {name: json.dumps(each, default=_spelled) for name, each in links.items()},
            tuple(ids),
        )

    def _row(self, name: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """What goes into a jsonb column is text here, and would be a string there."""
        parsed = {key: json.loads(row[key]) for key in self._json[name] if row.get(key) is not None}
        return {**row, **parsed}


def _json_columns(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, JSONB))


def _spelled(value: Any) -> str:
    """A value as PostgreSQL reads it from text, exactly."""
    match value:
        case UUID() | Decimal():
            return str(value)
        case date():  # and datetime
            return value.isoformat()
        case _:
            raise AssertionError(f"{type(value)} is in no column")
