"""The changes of what is public, read: which rows each has touched."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import orjson

from masthead.store.change import Change, Touch
from masthead.store.database import Database

MOST_ROWS = 500
"""Touched rows of one change that are told one by one."""

MOST_CHANGES = 1_000
"""Changes that are told one by one."""

_CHANGES = """
SELECT g.number AS newest, c.number, c.transaction, c.rows, c.types
FROM live._generation AS g LEFT JOIN masthead.change AS c ON c.number > $1
ORDER BY c.number LIMIT $2
"""

_ROWS = """
SELECT transaction, type, field, entry_id, old::text AS old, new::text AS new, old_digest, new_digest
FROM masthead.touched WHERE transaction = ANY($1::text[]) ORDER BY id
"""

KEPT = timedelta(minutes=10)
"""How long changes are kept: who has not asked for so long drops everything when it comes back."""

_FORGET = """
WITH gone AS (
    DELETE FROM masthead.change WHERE number IN (
        SELECT number FROM masthead.change WHERE changed_at < $1 ORDER BY number LIMIT 1000
    ) RETURNING transaction
), rows AS (DELETE FROM masthead.touched WHERE transaction IN (SELECT transaction FROM gone))
SELECT count(*) FROM gone
"""


class Fetches(Protocol):
    """Whatever runs a statement that reads."""

    async def fetch(self, statement: str, /, *arguments: Any) -> list[dict[str, Any]]:
        """All rows."""


async def read_changes(reader: Fetches, after: int) -> list[Change] | None:
    """The changes behind number `after`, in the order of commits. None: it is not known what they were,
    because there are too many or they are not kept any more."""
    rows = await reader.fetch(_CHANGES, after, MOST_CHANGES + 1)
    newest = rows[0]["newest"]
    if newest == after:
        return []
    # What is newest must be there itself: of a log that was pruned whole, nothing is left to be missed.
    if not after < newest <= after + MOST_CHANGES:
        return None
    if len(rows) != newest - after or rows[-1]["number"] != newest:
        return None
    told = [row["transaction"] for row in rows if row["rows"] <= MOST_ROWS]
    touched = await reader.fetch(_ROWS, told) if told else []
    if len(touched) < sum(row["rows"] for row in rows if row["rows"] <= MOST_ROWS):
        return None  # they were forgotten between the two statements
    by_transaction: dict[str, list[Mapping[str, Any]]] = {}
    for row in touched:
        by_transaction.setdefault(row["transaction"], []).append(row)
    return [
        Change(
            row["number"],
            frozenset(row["types"]),
            folded(by_transaction.get(row["transaction"], ())) if row["rows"] <= MOST_ROWS else None,
        )
        for row in rows
    ]


async def newest_change(reader: Fetches) -> int:
    """The number of the newest change."""
    return int((await reader.fetch("SELECT number FROM live._generation"))[0]["number"])


async def forget_changes(database: Database, now: datetime) -> int:
    """Remove some of what no process can still ask for; the number of changes."""
    async with database.transaction() as transaction:
        return int(await transaction.fetch_value(_FORGET, now - KEPT))


def folded(rows: Iterable[Mapping[str, Any]]) -> tuple[Touch, ...]:
    """One touch of each entry (of each address), of what became of it from the first row to the last. What
    was taken out and put in again as it was is not touched."""
    parts: dict[tuple[str, UUID, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        # An address is touched by itself: an entry has several.
        part = row["field"] or (row["old"] or row["new"] if row["type"] == "_route" else "")
        parts.setdefault((row["type"], UUID(bytes=row["entry_id"].bytes), part), []).append(row)
    entries: dict[tuple[str, UUID, str], dict[str, Sequence[Mapping[str, Any]]]] = {}
    for (name, entry, part), found in parts.items():
        is_list = bool(found[0]["field"])
        entries.setdefault((name, entry, "" if is_list else part), {})[part if is_list else ""] = found
    touches = (_touch(name, entry, found) for (name, entry, _), found in entries.items())
    return tuple(each for each in touches if each is not None)


def _touch(name: str, entry: UUID, parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Touch | None:
    own = parts.get("", ())
    lists = {field: rows for field, rows in parts.items() if field}
    if any(row["old"] is None and row["new"] is None for rows in lists.values() for row in rows):
        return Touch(name, entry, None, None)  # updated in its place: nobody does that
    changed = {field: _lists(field, rows) for field, rows in lists.items()}
    changed = {field: (before, after) for field, (before, after) in changed.items() if before != after}
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    if _is_as_before(own):
        if not changed:
            return None
        old, new = {}, {}
    else:
        old, new = _first(own), _last(own)
    for field, (before, after) in changed.items():
        if old is not None:
            old[field] = before
        if new is not None:
            new[field] = after
    return Touch(name, entry, old, new)


def _lists(field: str, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """The targets of a list before and after. It is taken out whole; put in at once, or item by item."""
    taken_out = [orjson.loads(row["old"])[field] for row in rows[:1] if row["old"] is not None]
    after: list[str] = []
    for row in rows:
        after = [] if row["new"] is None else [*after, *orjson.loads(row["new"])[field]]
    return (taken_out[0] if taken_out else []), after


def _is_as_before(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every row that came is one that went. What was updated in its place is another."""
    if any(row["old_digest"] is None and row["new_digest"] is None for row in rows):
        return False
    gone = [row["old_digest"] for row in rows if row["old_digest"] is not None]
    came = [row["new_digest"] for row in rows if row["new_digest"] is not None]
    return bool(len(gone) == len(came) and (not rows or gone[0] == came[-1]))


def _first(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """What was there before the first row; None: nothing."""
    return None if rows[0]["old"] is None else orjson.loads(rows[0]["old"])


def _last(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    return None if rows[-1]["new"] is None else orjson.loads(rows[-1]["new"])
