"""A revision becomes rows: the row of its type's table and the rows of its link tables.

Pure: the snapshot, the views of its texts and what is known of the entries that it refers to give the rows
of a stage. Import writes them; `masthead verify` computes them again and compares.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from masthead.content.addresses import public_path
from masthead.content.blocks import known_blocks, value_of, walk
from masthead.content.rendering import View, targets_in
from masthead.model import MARKDOWN_SUFFIXES, BlockType, ContentModel, ContentType, Field, kinds
from masthead.store import TYPE_KEY, stored_value


@dataclass(frozen=True, slots=True)
class Stamp:
    """An entry's id and moments in one stage: `updated_at` is when the stage's revision was made."""

    id: UUID
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rows:
    """`row` has a value a column; `links` gives for each list of references its rows
    (owner, position, target, sort)."""

    row: Mapping[str, Any]
    links: Mapping[str, tuple[tuple[UUID, int, UUID, Any], ...]]


@dataclass(frozen=True, slots=True)
class Projection:
    """Projects one entry into one stage. `views` are its texts by path; `is_there` tells of an id whether
    the stage has that entry: `live` refers to nothing that is not public."""

    model: ContentModel
    views: Mapping[str, View]
    is_there: Callable[[str], bool]

    def rows(self, content_type: ContentType, stamp: Stamp, fields: Mapping[str, Any]) -> Rows:
        """The rows of the entry."""
        row: dict[str, Any] = {
            "id": stamp.id,
            "path": public_path(content_type, fields),
            "created_at": stamp.created_at,
            "updated_at": stamp.updated_at,
            "published_at": stamp.published_at,
        }
        links: dict[str, tuple[tuple[UUID, int, UUID, Any], ...]] = {}
        sort = _sort_value(content_type, fields)
        for field in content_type.fields:
            value = value_of(field, fields)
            match field.kind:
                case kinds.References():
                    links[field.name] = tuple(
                        (stamp.id, position, UUID(target), sort)
                        for position, target in enumerate(self._targets(value))
                    )
                case kinds.Reference():
                    row[field.column] = UUID(value) if value is not None and self.is_there(value) else None
                case kinds.Markdown():
                    row.update(_columns(field, _parts(value, self.views.get(field.name)), json.dumps))
                case kinds.Blocks():
                    row[field.column] = self._blocks(field.name, value)
                case kind:
                    row[field.column] = to_column(kind, value)
        return Rows(row, links)

    def _targets(self, value: Any) -> list[str]:
        """Each once, and only what is there."""
        return [each for each in dict.fromkeys(value or ()) if self.is_there(each)]

    def _blocks(self, name: str, value: Any) -> str | None:
        if value is None:
            return None
        found = known_blocks(self.model, value)
        return json.dumps([self._block(f"{name}.{index}", kind, block) for index, kind, block in found])

    def _block(self, path: str, block_type: BlockType, block: Mapping[str, Any]) -> dict[str, Any]:
        """A block as it is stored; what is null is left out."""
        stored: dict[str, Any] = {TYPE_KEY: block_type.identity}
        for field in block_type.fields:
            value = value_of(field, block)
            match field.kind:
                case _ if value is None:
                    continue
                case kinds.References():
                    stored[field.column] = self._targets(value)
                case kinds.Reference():
                    if self.is_there(value):
                        stored[field.column] = value
                case kinds.Markdown():
                    parts = _parts(value, self.views.get(f"{path}.{field.name}"))
                    stored.update(_columns(field, parts, list))
                case kind:
                    stored[field.column] = stored_value(kind, value)
        return stored


def references(model: ContentModel, content_type: ContentType, fields: Mapping[str, Any]) -> frozenset[str]:
    """The ids that an entry refers to, in its fields, its blocks and its texts."""
    found: set[str] = set()
    for _, field, value in walk(model, content_type, fields):
        match field.kind:
            case kinds.References():
                found.update(value or ())
            case kinds.Reference() if value is not None:
                found.add(value)
            case kinds.Markdown() if value is not None:
                found.update(targets_in(value))
            case _:
                pass
    return frozenset(found)


def texts(
    model: ContentModel, content_type: ContentType, fields: Mapping[str, Any]
) -> Iterable[tuple[str, str]]:
    """The paths of the Markdown fields that have a value, with it."""
    for path, field, value in walk(model, content_type, fields):
        if isinstance(field.kind, kinds.Markdown) and value is not None:
            yield path, value


def to_column(kind: kinds.Kind, value: Any) -> Any:
    """A JSON value as the driver takes it for a column of that kind."""
    if value is None:
        return None
    match kind:
        case kinds.DateTime():
            return datetime.fromisoformat(value)
        case kinds.Date():
            return date.fromisoformat(value)
        case kinds.Decimal():
            return Decimal(str(value))
        case kinds.Json():
            return json.dumps(value)
        case kinds.Float():
            return float(value)
        case kinds.Scalars(item=item):
            return [to_column(item, each) for each in value]
        case _:
            return value


def _sort_value(content_type: ContentType, fields: Mapping[str, Any]) -> Any:
    order = content_type.order_field
    return None if order is None else to_column(order.kind, value_of(order, fields))


Toc = list[dict[str, Any]]


def _parts(stored: str | None, view: View | None) -> tuple[Any, ...]:
    """What the six columns of a Markdown field hold, in their order; the fifth is a list."""
    if view is None:
        return (None,) * 6
    rendered = view.rendered
    toc: Toc = [{"level": each.level, "id": each.id, "text": each.text} for each in rendered.toc]
    source = stored if view.source is None else view.source
    return (source, rendered.html, rendered.text, rendered.excerpt, toc, rendered.minutes)


def _columns(field: Field, parts: tuple[Any, ...], write_toc: Callable[[Toc], Any]) -> dict[str, Any]:
    """The parts by their columns; a table's column takes the table of contents as text, a block as it is."""
    named = {
        field.column + suffix: part for suffix, part in zip(("", *MARKDOWN_SUFFIXES), parts, strict=True)
    }
    toc = f"{field.column}_toc"
    return named if named[toc] is None else {**named, toc: write_toc(named[toc])}
