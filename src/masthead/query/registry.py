"""The platform's own rows in an answer: an entry's state, revisions, schedules; releases. Only editors read
them, over a connection that may; who an entry is hidden from gets none of its rows, because they hang on it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from masthead.kernel import InputError
from masthead.query.entries import Variants, write_probe
from masthead.query.plan import read_id
from masthead.query.scope import Scope
from masthead.query.selection import (
    Argument,
    Members,
    RegisteredEntry,
    RegisteredRow,
    RegisteredRows,
    RegisteredValue,
    TypeName,
)
from masthead.query.sketch import Sketch
from masthead.query.sql import Column, json_array, json_object, literal, quote

WriteMembers = Callable[[Scope, Members], list[Column]]

_STATE = (
    "CASE WHEN {0}.archived_at IS NOT NULL THEN 'ARCHIVED' WHEN {0}.published IS NULL THEN 'DRAFT' "
    "WHEN {0}.published = {0}.head THEN 'PUBLISHED' ELSE 'CHANGED' END"
)
_MERGED = (
    "coalesce({0}.base <> (SELECT b$.id FROM masthead.revision b$ "
    "WHERE b$.entry_id = {0}.entry_id AND b$.number = {0}.number - 1), false)"
)
_MADE: Mapping[str, str] = {
    "edit_state": _STATE,
    "plain_state": f"lower({_STATE})",
    "head_number": "(SELECT h$.number FROM masthead.revision h$ WHERE h$.id = {0}.head)",
    "is_merged": _MERGED,
    "upper_state": "upper({0}.state)",
    "upper_action": "upper({0}.action)",
}
"""Values that are no column; all others are called as their column."""

_ONE: Mapping[str, tuple[str, str]] = {
    "head": ("revision", "head"),
    "public": ("revision", "published"),
    "owner": ("account", "owner"),
    "author": ("account", "author"),
    "creator": ("account", "created_by"),
}
"""Rows that a column of another row leads to: their table and that column."""

_MANY: Mapping[str, tuple[str, str, str]] = {
    "revisions": ("revision", "entry_id", "number DESC"),
    "schedules": ("schedule", "entry_id", "due DESC, {0}.id DESC"),
    "timings": ("schedule", "release_id", "due DESC, {0}.id DESC"),
    "items": ("release_item", "release_id", "entry_id"),
}
"""Rows that refer to another row: their table, the column that does, and their order."""


class Registry:
    """Writes the platform's rows of one plan. `write` are the members of an entry."""

    def __init__(self, sketch: Sketch, write: WriteMembers) -> None:
        self._sketch = sketch
        self._write = write

    def of_entry(self, scope: Scope, row: RegisteredRow, path: tuple[str, ...]) -> str:
        """The expression of what is registered of the scope's entry."""
        alias = self._sketch.alias("p", path)
        source = f"FROM masthead.entry {alias} WHERE {alias}.id = {scope.physical('id')}"
        return json_object(self._members(alias, row.members, path), source)

    def root_row(self, row: RegisteredRow, path: tuple[str, ...]) -> str:
        """The expression of the release with an id."""
        if row.key is None:
            raise AssertionError("a row at the root has a key")
        (value,) = self._sketch.bind(row.key, read_id, ["uuid"], (*path, "id"))
        alias = self._sketch.alias("p", path)
        source = f"FROM masthead.release {alias} WHERE {alias}.id = {value}"
        return json_object(self._members(alias, row.members, path), source)

    def root_rows(self, rows: RegisteredRows, path: tuple[str, ...]) -> str:
        """The expression of all releases, the newest first."""
        alias = self._sketch.alias("p", path)
        below = self._below(rows.below, f"{alias}.id", read_id, "uuid", path)
        source = f"FROM masthead.release {alias}{f' WHERE {below}' if below else ''}"
        source += f" ORDER BY {alias}.id DESC LIMIT {rows.size}"
        return json_array(self._members(alias, rows.members, path), source)

    def _members(self, alias: str, members: Members, path: tuple[str, ...]) -> list[Column]:
        return [(each.key, self._member(alias, each.value, (*path, each.key))) for each in members]

    def _member(self, alias: str, value: object, path: tuple[str, ...]) -> str:
        match value:
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case RegisteredValue(name="local_due"):
                return f"masthead.local_time({alias}.due, {self._zone(path)})"
            case RegisteredValue(name=name):
                return _MADE[name].format(alias) if name in _MADE else f"{alias}.{quote(name)}"
            case RegisteredRow():
                return self._one(alias, value, path)
            case RegisteredRows():
                return self._many(alias, value, path)
            case RegisteredEntry(variants=variants):
                return self._entry(alias, variants, path)
            case _:
                raise AssertionError(f"{value} is not registered of anything")

    def _zone(self, path: tuple[str, ...]) -> str:
        """The time zone of the public site; null where it says none."""
        model = self._sketch.model
        if "Site" not in model or "timezone" not in model["Site"]:
            return "NULL"
        alias = self._sketch.alias("p", path)
        column = quote(model["Site"]["timezone"].column)
        return f"(SELECT {alias}.{column} FROM live.{quote(model['Site'].table)} {alias} LIMIT 1)"

    def _one(self, parent: str, row: RegisteredRow, path: tuple[str, ...]) -> str:
        table, column = _ONE[row.relation]
        alias = self._sketch.alias("p", path)
        source = f"FROM masthead.{table} {alias} WHERE {alias}.id = {parent}.{column}"
        return json_object(self._members(alias, row.members, path), source)

    def _many(self, parent: str, rows: RegisteredRows, path: tuple[str, ...]) -> str:
        table, column, order = _MANY[rows.relation]
        alias = self._sketch.alias("p", path)
        source = f"FROM masthead.{table} {alias} WHERE {alias}.{column} = {parent}.id"
        if below := self._below(rows.below, f"{alias}.number", _read_number, "integer", path):
            source += f" AND {below}"
        source += f" ORDER BY {alias}.{order.format(alias)} LIMIT {rows.size}"
        return json_array(self._members(alias, rows.members, path), source)

    def _below(
        self, argument: Argument | None, what: str, read: Any, cast: str, path: tuple[str, ...]
    ) -> str:
        if argument is None:
            return ""
        (value,) = self._sketch.bind(argument, read, [cast], (*path, "below"))
        return f"{what} < {value}"

    def _entry(self, parent: str, variants: Variants, path: tuple[str, ...]) -> str:
        return write_probe(self._sketch, variants, f"{parent}.entry_id", path, self._write)


def _read_number(value: Any) -> tuple[int]:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError("value-invalid", f"{value!r:.80} is no number of a revision.", "Pass 1 or more.")
    return (value,)
