"""Rows as they should be against rows as they are. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from masthead.content.projection import Rows
from masthead.content.records import Record
from masthead.model import ContentModel
from masthead.store import STAGES, Stage, Tables


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What is not as the revisions say. `table` is qualified; `subject` an entry's id or an address."""

    table: str
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.subject}: {self.what}"


@dataclass(slots=True)
class Stored:
    """What the tables have of some entries: rows by (stage, type, id), link rows by (stage, type, field,
    owner) in the order of their positions."""

    rows: dict[tuple[Stage, str, UUID], Mapping[str, Any]] = field(default_factory=dict)
    links: dict[tuple[Stage, str, str, UUID], list[tuple[Any, ...]]] = field(default_factory=dict)


def compare_record(
    record: Record,
    expected: Mapping[Stage, Rows],
    stored: Stored,
    model: ContentModel,
    tables: Mapping[Stage, Tables],
) -> Iterable[Discrepancy]:
    """What is wrong with the rows of one entry in both stages."""
    for stage in STAGES:
        rows = expected.get(stage)
        for content_type in model:
            table = f"{stage}.{content_type.table}"
            row = stored.rows.get((stage, content_type.name, record.id))
            is_wanted = rows is not None and content_type.name == record.content_type.name
            if row is not None and not is_wanted:
                yield Discrepancy(table, str(record.id), "is there and should not be")
            elif row is None and is_wanted:
                yield Discrepancy(table, str(record.id), "is missing")
            elif row is not None and rows is not None:
                yield from _columns(table, record.id, rows.row, row)
        yield from _links(record, stage, rows, stored, tables[stage])


def compare_routes(
    expected: Mapping[str, tuple[UUID, bool]], stored: Mapping[str, tuple[UUID, bool]]
) -> Iterable[Discrepancy]:
    """What is wrong with live._route: (entry, is it its own address) by path."""
    for path in sorted(expected.keys() | stored.keys()):
        if expected.get(path) != stored.get(path):
            yield Discrepancy(
                "live._route", path, f"{_route(stored.get(path))}; should be: {_route(expected.get(path))}"
            )


def expected_routes(
    own: Sequence[tuple[str, UUID]], old: Sequence[tuple[str, UUID]]
) -> dict[str, tuple[UUID, bool]]:
    """Every address: an entry's own wins, then the oldest entry that wants it."""
    routes: dict[str, tuple[UUID, bool]] = {path: (entry, True) for path, entry in own}
    for path, entry in sorted(old, key=lambda each: each[1]):
        routes.setdefault(path, (entry, False))
    return routes


def _columns(
    table: str, subject: UUID, expected: Mapping[str, Any], stored: Mapping[str, Any]
) -> Iterable[Discrepancy]:
    for column, value in stored.items():
        wanted = expected.get(column)
        if value != wanted and not _is_same_json(value, wanted):
            yield Discrepancy(table, str(subject), f"{column} is {_short(value)}, should be {_short(wanted)}")


def _links(
    record: Record, stage: Stage, rows: Rows | None, stored: Stored, tables: Tables
) -> Iterable[Discrepancy]:
    for (name, field_name), table in tables.links.items():
        found = stored.links.get((stage, name, field_name, record.id), [])
        is_own = rows is not None and name == record.content_type.name
        wanted = list(rows.links[field_name]) if rows is not None and is_own else []
        if found != wanted:
            what = f"links are {_targets(found)}, should be {_targets(wanted)}"
            yield Discrepancy(f"{stage}.{table.name}", str(record.id), what)


def _is_same_json(value: Any, wanted: Any) -> bool:
    """`jsonb` comes as PostgreSQL spells it."""
    if not isinstance(value, str) or not isinstance(wanted, str):
        return False
    try:
        return bool(json.loads(value) == json.loads(wanted))
    except ValueError:
        return False


def _targets(rows: Sequence[tuple[Any, ...]]) -> str:
    return "[" + ", ".join(f"{row[1]}: {row[2]} ({row[3]})" for row in rows) + "]"


def _route(route: tuple[UUID, bool] | None) -> str:
    if route is None:
        return "nothing"
    return f"{route[0]} ({'its own' if route[1] else 'an old one'})"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(text)} characters)"
