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
from masthead.content.rendering import View, targets_in
from masthead.model import ContentType, Field, kinds


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


def project(
    content_type: ContentType,
    stamp: Stamp,
    fields: Mapping[str, Any],
    views: Mapping[str, View],
    is_there: Callable[[str], bool],
) -> Rows:
    """The rows of one entry. `is_there` tells of an id whether the stage has that entry: `live` refers
    to nothing that is not public."""
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
        value = _value(field, fields)
        match field.kind:
            case kinds.References():
                targets = [each for each in dict.fromkeys(value or ()) if is_there(each)]
                links[field.name] = tuple(
                    (stamp.id, position, UUID(target), sort) for position, target in enumerate(targets)
                )
            case kinds.Reference():
                row[field.column] = UUID(value) if value is not None and is_there(value) else None
            case kinds.Markdown():
                row.update(_markdown(field, value, views.get(field.name)))
            case kind:
                row[field.column] = to_column(kind, value)
    return Rows(row, links)


def references(content_type: ContentType, fields: Mapping[str, Any]) -> frozenset[str]:
    """The ids that an entry refers to, in its fields and in its texts."""
    found: set[str] = set()
    for field in content_type.fields:
        value = _value(field, fields)
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


def texts(content_type: ContentType, fields: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The Markdown fields that have a value, with it."""
    for field in content_type.fields:
        if isinstance(field.kind, kinds.Markdown) and (value := _value(field, fields)) is not None:
            yield field.name, value


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


def _value(field: Field, fields: Mapping[str, Any]) -> Any:
    value = fields.get(field.name)
    return field.default if value is None else value


def _sort_value(content_type: ContentType, fields: Mapping[str, Any]) -> Any:
    order = content_type.order_field
    return None if order is None else to_column(order.kind, _value(order, fields))


def _markdown(field: Field, stored: str | None, view: View | None) -> dict[str, Any]:
    column = field.column
    if view is None:
        names = ("", "_html", "_text", "_excerpt", "_toc", "_minutes")
        return {column + name: None for name in names}
    rendered = view.rendered
    toc = [{"level": each.level, "id": each.id, "text": each.text} for each in rendered.toc]
    return {
        column: stored if view.source is None else view.source,
        f"{column}_html": rendered.html,
        f"{column}_text": rendered.text,
        f"{column}_excerpt": rendered.excerpt,
        f"{column}_toc": json.dumps(toc),
        f"{column}_minutes": rendered.minutes,
    }
