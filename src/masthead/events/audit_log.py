"""The audit log, read: by what it is asked for, in pages, or whole for keeping elsewhere."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from masthead.store import Reader

_LINE = """json_build_object('id', id, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'account', account, 'token', token, 'source', source, 'action', action, 'subject', subject,
    'outcome', outcome, 'code', code, 'detail', detail, 'request', request, 'address', address)"""

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What lines are wanted: all that is given holds. `action` may end with `*`."""

    account: UUID | None = None
    subject: str | None = None
    action: str | None = None
    outcome: Literal["done", "refused"] | None = None
    since: datetime | None = None
    until: datetime | None = None


async def read_audit(
    reader: Reader, wanted: AuditFilter, after: UUID | None = None, size: int = 100
) -> list[dict[str, Any]]:
    """The newest lines first; `after` is the last line of the page before."""
    return [orjson.loads(line) for line in await _page(reader, wanted, after, size, is_newest_first=True)]


async def export_audit(reader: Reader, wanted: AuditFilter) -> AsyncIterator[bytes]:
    """All of them, the oldest first, as lines of JSON. Each page of it is a statement of its own."""
    after: UUID | None = None
    while True:
        lines = await _page(reader, wanted, after, _CHUNK, is_newest_first=False)
        if lines:
            yield b"\n".join(lines) + b"\n"
            after = UUID(orjson.loads(lines[-1])["id"])
        if len(lines) < _CHUNK:
            return


async def _page(
    reader: Reader, wanted: AuditFilter, after: UUID | None, size: int, *, is_newest_first: bool
) -> list[bytes]:
    order, sign = ("DESC", "<") if is_newest_first else ("ASC", ">")
    conditions, values = [], []
    for condition, value in _conditions(wanted):
        values.append(value)
        conditions.append(condition.format(f"${len(values)}"))
    if after is not None:
        values.append(after)
        last = f"SELECT at, id FROM masthead.audit WHERE id = ${len(values)}"  # noqa: S608 - a number
        conditions.append(f"(at, id) {sign} ({last})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = (
        f"SELECT {_LINE} FROM masthead.audit {where} "  # noqa: S608 - texts of this module, values bound
        f"ORDER BY at {order}, id {order} LIMIT {int(size)}"
    )
    return [row[0] or b"" for row in await reader.fetch_rows(sql, values)]


def _conditions(wanted: AuditFilter) -> Iterator[tuple[str, Any]]:
    if wanted.account is not None:
        yield "account = {}", wanted.account
    if wanted.subject is not None:
        yield "subject = {}", wanted.subject
    if wanted.action is not None:
        is_prefix = wanted.action.endswith("*")
        yield ("starts_with(action, {})" if is_prefix else "action = {}"), wanted.action.removesuffix("*")
    if wanted.outcome is not None:
        yield "outcome = {}", wanted.outcome
    if wanted.since is not None:
        yield "at >= {}", wanted.since
    if wanted.until is not None:
        yield "at < {}", wanted.until
