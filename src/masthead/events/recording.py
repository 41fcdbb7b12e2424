"""Events and audit lines of one transaction, in one statement: a command waits for each round trip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from masthead.events.audit import AuditLine
from masthead.events.outbox import OUTBOX, Event
from masthead.kernel import new_id
from masthead.store import RAISE_GENERATION, Transaction

_RECORD = """
WITH told AS (
    INSERT INTO masthead.event (id, type, entry_id, revision_id, data, cause, trace_parent, created_at)
    SELECT id, type, entry_id, revision_id, data, cause, trace_parent, created_at
    FROM jsonb_populate_recordset(NULL::masthead.event, $1)
    -- The transaction gets its number before its events get theirs: see masthead.events.frontier.
    WHERE pg_current_xact_id() IS NOT NULL
)
INSERT INTO masthead.audit
    (id, at, account, token, source, action, subject, outcome, code, detail, request, address)
SELECT id, at, account, token, source, action, subject, outcome, code, detail, request, address
FROM jsonb_populate_recordset(NULL::masthead.audit, $2)
"""


_RECORD_AND_RAISE = _RECORD.replace("WITH told", f"WITH raised AS ({RAISE_GENERATION}), told")


async def record(
    transaction: Transaction,
    events: Sequence[Event],
    lines: Sequence[AuditLine],
    now: datetime,
    *,
    is_live_changed: bool = False,
) -> None:
    """Append the events and the lines, each in its order; raise the generation where the transaction has
    changed what is public, which is then the last that it does."""
    if events or lines or is_live_changed:
        await transaction.execute(
            _RECORD_AND_RAISE if is_live_changed else _RECORD,
            orjson.dumps([_event(each, now) for each in events]).decode(),
            orjson.dumps([_line(each, now) for each in lines]).decode(),
        )
    if events:
        transaction.wake(OUTBOX)


def _event(event: Event, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "type": event.type,
        "entry_id": _text(event.entry),
        "revision_id": _text(event.revision),
        "data": event.data,
        "cause": event.cause,
        "trace_parent": event.trace_parent,
        "created_at": now,
    }


def _line(line: AuditLine, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": now,
        "account": _text(line.origin.account),
        "token": _text(line.origin.token),
        "source": line.origin.source,
        "action": line.action,
        "subject": line.subject,
        "outcome": "done" if line.code is None else "refused",
        "code": line.code,
        "detail": line.detail,
        "request": line.origin.request,
        "address": line.origin.address,
    }


def _text(value: object) -> str | None:
    """The driver's ids are of a class that JSON is not written of."""
    return None if value is None else str(value)
