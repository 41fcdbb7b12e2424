"""What became of a schedule, written in the transaction that did it, or that tried."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from masthead.access import PLATFORM
from masthead.content.commands import Actor, CommandRefusedError
from masthead.content.scheduling.due import Due
from masthead.events import AuditLine, Event, Origin, record_audit, record_events
from masthead.kernel import MastheadError
from masthead.store import Transaction

_SETTLE = "UPDATE masthead.schedule SET state = $2, ran_at = $3, is_late = $4, error = $5 WHERE id = $1"


def actor_of(due: Due) -> Actor:
    """The platform, in the name of whoever scheduled it."""
    return Actor(PLATFORM, Origin("schedule", account=due.created_by, request=_cause(due)))


async def mark_done(transaction: Transaction, due: Due, now: datetime) -> None:
    """It is done: never again."""
    await transaction.execute(_SETTLE, due.id, "done", now, due.is_late(now), None)


async def mark_failed(transaction: Transaction, due: Due, error: MastheadError, now: datetime) -> None:
    """It cannot be done, and is not tried again: say so where people and programs look."""
    said = _spelled(error)
    await transaction.execute(_SETTLE, due.id, "failed", now, due.is_late(now), orjson.dumps(said).decode())
    subject = "release" if due.release is not None else "entry"
    line = AuditLine(
        actor_of(due).origin,
        f"{subject}.{due.action}",
        str(due.release or due.entry),
        error.code,
        {"schedule": str(due.id), "faults": said["faults"]},
    )
    await record_audit(transaction, [line], now)
    data = {
        "schedule": str(due.id),
        "action": due.action,
        "release": None if due.release is None else str(due.release),
        "due": due.due.isoformat(),
        **said,
    }
    event = Event("content.schedule.failed.v1", due.entry, due.revision, data, _cause(due))
    await record_events(transaction, [event], now)


def _cause(due: Due) -> str:
    return f"schedule:{due.id}"


def _spelled(error: MastheadError) -> Mapping[str, Any]:
    """As JSON: code, message, remedy, every fault, and the entries that were missing."""
    faults = error.faults if isinstance(error, CommandRefusedError) else ()
    missing = error.missing if isinstance(error, CommandRefusedError) else ()
    return {
        "code": error.code,
        "message": error.message,
        "remedy": error.remedy,
        "faults": [
            {
                "entry": None if each.entry is None else str(each.entry),
                "path": each.path,
                "code": each.code,
                "message": each.message,
            }
            for each in faults
        ],
        "missing": [str(each) for each in missing],
    }
