"""One attempt: sign, send, and write down what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

import structlog

from masthead.events import MEDIA_TYPE, AuditLine, Origin, record_audit
from masthead.kernel import new_id, utc_now
from masthead.store import Database, Transaction
from masthead.webhooks.endpoints import DISABLED, bury
from masthead.webhooks.gaps import begin_gap
from masthead.webhooks.masking import kept_response
from masthead.webhooks.message import Message, Reply, Send
from masthead.webhooks.schedule import Schedule
from masthead.webhooks.signing import signed_headers

log = structlog.get_logger("masthead.webhooks")

GONE = "The receiver has answered 410: it wants nothing any more."

_LOAD = """
SELECT delivery.id, endpoint_id, lane, event_id, body, attempts, url, is_ordered, disabled_at, ARRAY(
    SELECT secret FROM masthead.webhook_secret AS secret
    WHERE secret.endpoint_id = endpoint.id AND (expires_at IS NULL OR expires_at > $2)
    ORDER BY secret.created_at DESC, secret.id DESC) AS secrets
FROM masthead.webhook_delivery AS delivery
JOIN masthead.webhook_endpoint AS endpoint ON endpoint.id = endpoint_id
WHERE delivery.id = $1 AND state = 'pending'
"""
_NOTE = """
INSERT INTO masthead.webhook_attempt (id, delivery_id, number, at, milliseconds, status, error, response)
SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM masthead.webhook_delivery WHERE id = $2
"""
_DONE = """
UPDATE masthead.webhook_delivery SET state = 'done', attempts = $2, ended_at = $3, reason = NULL
WHERE id = $1 AND state <> 'done'
"""
_LATER = """
UPDATE masthead.webhook_delivery SET attempts = $2, due_at = $3 WHERE id = $1 AND state = 'pending'
"""
_DEAD = """
UPDATE masthead.webhook_delivery SET state = 'dead', attempts = $2, ended_at = $3, reason = $4
WHERE id = $1 AND state = 'pending'
"""
_DISABLE = """
UPDATE masthead.webhook_endpoint SET disabled_at = $2, disabled_reason = $3
WHERE id = $1 AND disabled_at IS NULL RETURNING url
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be sent, with all that this needs."""

    id: UUID
    endpoint: UUID
    lane: UUID
    event: UUID
    body: bytes
    attempts: int
    url: str
    is_ordered: bool
    is_disabled: bool
    secrets: Sequence[str]


class Attempts:
    """Sends deliveries by `send`, again as `schedule` says."""

    def __init__(
        self,
        database: Database,
        send: Send,
        schedule: Schedule | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._send = send
        self._schedule = schedule or Schedule()
        self._clock = clock

    async def load(self, key: UUID) -> Due | None:
        """A delivery; None: it has ended, or there is none (any more)."""
        rows = await self._database.drafts.fetch(_LOAD, key, self._clock())
        return _due(rows[0]) if rows else None

    async def attempt(self, due: Due) -> datetime | None:
        """Once; when it is to be done again, None: it has ended. A process that dies in here has perhaps
        sent it and written nothing: it is sent again, with the same id."""
        if due.is_disabled:
            await self._end(due, DISABLED)
            return None
        begin, now = monotonic(), self._clock()
        headers = {"content-type": MEDIA_TYPE, **signed_headers(due.event, now, due.body, due.secrets)}
        reply = await self._send(Message(due.url, headers, due.body))
        return await self._record(due, reply, now, round((monotonic() - begin) * 1000))

    async def _record(self, due: Due, reply: Reply, at: datetime, milliseconds: int) -> datetime | None:
        number, now = due.attempts + 1, self._clock()
        async with self._database.transaction() as transaction:
            if reply.is_gone:
                await self._disable(transaction, due, now)
            await transaction.execute(
                _NOTE, new_id(), due.id, number, at, milliseconds,
                reply.status, reply.error, kept_response(reply.body),
            )  # fmt: skip
            if reply.is_accepted:
                await transaction.execute(_DONE, due.id, number, now)
                return None
            later = None if reply.is_gone else self._schedule.next(number, now, reply.retry_after)
            if later is not None:
                await transaction.execute(_LATER, due.id, number, later)
            else:
                reason = GONE if reply.is_gone else f"{number} attempts have failed."
                await transaction.execute(_DEAD, due.id, number, now, reason)
        log.info(
            "webhook.failed", delivery=str(due.id), endpoint=str(due.endpoint), attempt=number,
            status=reply.status, error=reply.error, again=None if later is None else later.isoformat(),
        )  # fmt: skip
        return later

    async def _disable(self, transaction: Transaction, due: Due, now: datetime) -> None:
        # The endpoint before its deliveries: as whoever disables it by hand locks them.
        if await transaction.fetch_value(_DISABLE, due.endpoint, now, GONE) is not None:
            line = AuditLine(
                Origin("schedule"), "webhook.disable", str(due.endpoint), detail={"reason": GONE}
            )
            await record_audit(transaction, [line], now)
            await begin_gap(transaction, due.endpoint, now)
        await transaction.execute(_DEAD, due.id, due.attempts + 1, now, GONE)
        await bury(transaction, due.endpoint, DISABLED, now)

    async def _end(self, due: Due, reason: str) -> None:
        async with self._database.transaction() as transaction:
            await transaction.execute(_DEAD, due.id, due.attempts, self._clock(), reason)


def _due(row: dict[str, Any]) -> Due:
    return Due(
        UUID(bytes=row["id"].bytes),
        UUID(bytes=row["endpoint_id"].bytes),
        UUID(bytes=row["lane"].bytes),
        UUID(bytes=row["event_id"].bytes),
        row["body"],
        row["attempts"],
        row["url"],
        row["is_ordered"],
        row["disabled_at"] is not None,
        row["secrets"],
    )
