"""The audit log: who did what, or was refused it. Append-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from masthead.kernel import new_id
from masthead.store import Transaction, editorial

Source = Literal["api", "studio", "import", "schedule", "cli"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action comes from: who, through what, in which request. Never a secret."""

    source: Source
    account: UUID | None = None
    token: UUID | None = None
    request: str | None = None
    address: str | None = None
    trace_parent: str | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One action: "entry.publish" of an entry's id, "session.begin" of an account's address. `code` says
    why it was refused; None: it was done."""

    origin: Origin
    action: str
    subject: str | None = None
    code: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


async def record_audit(transaction: Transaction, lines: Sequence[AuditLine], now: datetime) -> None:
    """Append the lines, in the transaction of what they tell; of what was refused, in one of their own."""
    rows = [
        (
            new_id(),
            now,
            line.origin.account,
            line.origin.token,
            line.origin.source,
            line.action,
            line.subject,
            "done" if line.code is None else "refused",
            line.code,
            orjson.dumps(line.detail).decode(),
            line.origin.request,
            line.origin.address,
        )
        for line in lines
    ]
    columns = ["id", "at", "account", "token", "source", "action", "subject", "outcome", "code"]
    await transaction.copy(editorial.audit, [*columns, "detail", "request", "address"], rows)
