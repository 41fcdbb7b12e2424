"""Endpoints, managed: who is told of what. Everything is in the audit log; a secret never is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from masthead.events import AuditLine, Origin, head_position, record_audit
from masthead.kernel import NotFoundError, new_id, utc_now
from masthead.store import Database, Transaction
from masthead.webhooks.endpoint import Endpoint, check_types, check_url, endpoint_of, read_condition
from masthead.webhooks.gaps import begin_gap, end_gap, hold_consumer
from masthead.webhooks.signing import new_secret

DISABLED = "The endpoint is disabled."
"""Why a delivery is dead that nobody is sent any more."""

ROTATION = timedelta(days=1)
"""How long a secret is used on when another has taken its place."""

SELECT_ENDPOINT = """
SELECT id, url, types, condition, is_ordered, since, created_at, disabled_at, disabled_reason, (
    SELECT coalesce(jsonb_agg(to_jsonb(gap) ORDER BY first), '[]') FROM masthead.webhook_gap AS gap
    WHERE gap.endpoint_id = webhook_endpoint.id) AS missed
FROM masthead.webhook_endpoint
"""
_INSERT = """
INSERT INTO masthead.webhook_endpoint (id, url, types, condition, is_ordered, since, created_at)
VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
"""
_UPDATE = """
UPDATE masthead.webhook_endpoint
SET url = $2, types = $3, condition = $4::jsonb, is_ordered = $5, disabled_at = $6, disabled_reason = $7
WHERE id = $1
"""
_ADD_KEY = """
INSERT INTO masthead.webhook_secret (id, endpoint_id, secret, created_at) VALUES ($1, $2, $3, $4)
"""
_END_OLDER = "DELETE FROM masthead.webhook_secret WHERE endpoint_id = $1 AND expires_at IS NOT NULL"
_END_SOON = "UPDATE masthead.webhook_secret SET expires_at = $2 WHERE endpoint_id = $1"

_BURY = """
UPDATE masthead.webhook_delivery SET state = 'dead', reason = $2, ended_at = $3
WHERE endpoint_id = $1 AND state = 'pending'
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an endpoint is to be; None: as it is."""

    url: str | None = None
    types: Sequence[str] | None = None
    condition: Any = None
    """Of JSON; an empty object takes it away."""
    is_ordered: bool | None = None
    is_enabled: bool | None = None


class Endpoints:
    """All endpoints of a publication."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def all(self) -> list[Endpoint]:
        """The oldest first."""
        return [
            endpoint_of(row) for row in await self._database.drafts.fetch(f"{SELECT_ENDPOINT} ORDER BY id")
        ]

    async def find(self, key: UUID) -> Endpoint:
        """One. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            return await find_endpoint(transaction, key)

    async def create(self, wanted: Wanted, origin: Origin) -> tuple[Endpoint, str]:
        """A new one, and its secret, which is shown this once. Told of what happens from now on.
        Raises InputError."""
        key, secret, now = new_id(), new_secret(), self._clock()
        url, types = check_url(wanted.url or ""), check_types(["*"] if wanted.types is None else wanted.types)
        condition = read_condition(wanted.condition)
        async with self._database.transaction() as transaction:
            is_ordered = bool(wanted.is_ordered)
            since = await head_position(transaction)
            await transaction.execute(_INSERT, key, url, types, _json(condition), is_ordered, since, now)
            await transaction.execute(_ADD_KEY, new_id(), key, secret, now)
            endpoint = await find_endpoint(transaction, key)
            await self._record(transaction, origin, "webhook.create", key, _told(endpoint))
        return endpoint, secret

    async def change(self, key: UUID, wanted: Wanted, origin: Origin) -> Endpoint:
        """Otherwise than it is. When it is enabled again, `missed` tells what it was not told meanwhile.
        Raises NotFoundError, InputError."""
        now = self._clock()
        async with self._database.transaction() as transaction:
            if wanted.is_enabled:
                await hold_consumer(transaction)
            before = await find_endpoint(transaction, key, lock=True)
            disabled_at, reason = _disabled(before, wanted.is_enabled, now)
            await transaction.execute(
                _UPDATE,
                key,
                before.url if wanted.url is None else check_url(wanted.url),
                before.types if wanted.types is None else check_types(wanted.types),
                _json(before.condition if wanted.condition is None else read_condition(wanted.condition)),
                before.is_ordered if wanted.is_ordered is None else wanted.is_ordered,
                disabled_at,
                reason,
            )
            if disabled_at is not None:
                await bury(transaction, key, DISABLED, now)
            if before.disabled_at is None and disabled_at is not None:
                await begin_gap(transaction, key, now)
            if before.disabled_at is not None and disabled_at is None:
                await end_gap(transaction, key)
            endpoint = await find_endpoint(transaction, key)
            await self._record(transaction, origin, "webhook.change", key, _told(endpoint))
        return endpoint

    async def delete(self, key: UUID, origin: Origin) -> None:
        """Remove it with its secrets and its log. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            endpoint = await find_endpoint(transaction, key, lock=True)
            await transaction.execute("DELETE FROM masthead.webhook_endpoint WHERE id = $1", key)
            await self._record(transaction, origin, "webhook.delete", key, _told(endpoint))

    async def rotate(self, key: UUID, origin: Origin) -> str:
        """A new secret, which is shown this once. The one before it signs too for a day; one that was
        older does no more. Raises NotFoundError."""
        secret, now = new_secret(), self._clock()
        async with self._database.transaction() as transaction:
            await find_endpoint(transaction, key, lock=True)
            await transaction.execute(_END_OLDER, key)
            await transaction.execute(_END_SOON, key, now + ROTATION)
            await transaction.execute(_ADD_KEY, new_id(), key, secret, now)
            await self._record(transaction, origin, "webhook.rotate", key, {})
        return secret

    async def _record(
        self, transaction: Transaction, origin: Origin, action: str, key: UUID, detail: Mapping[str, Any]
    ) -> None:
        await record_audit(transaction, [AuditLine(origin, action, str(key), detail=detail)], self._clock())


async def find_endpoint(transaction: Transaction, key: UUID, *, lock: bool = False) -> Endpoint:
    """One, perhaps so that nobody else changes it. Raises NotFoundError."""
    rows = await transaction.fetch(f"{SELECT_ENDPOINT} WHERE id = $1{' FOR UPDATE' if lock else ''}", key)
    if not rows:
        raise NotFoundError("webhook-missing", f"There is no webhook {key}.", "List them.")
    return endpoint_of(rows[0])


async def bury(transaction: Transaction, endpoint: UUID, reason: str, now: datetime) -> None:
    """Make dead letters of all that an endpoint was still to be told. The caller has locked it."""
    await transaction.execute(_BURY, endpoint, reason, now)


def _disabled(before: Endpoint, wanted: bool | None, now: datetime) -> tuple[datetime | None, str | None]:
    is_enabled = before.disabled_at is None
    if wanted is None or wanted is is_enabled:
        return before.disabled_at, before.disabled_reason
    return (None, None) if wanted else (now, "Somebody has disabled it.")


def _json(condition: Any) -> str | None:
    return None if condition is None else orjson.dumps(condition).decode()


def _told(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "url": endpoint.url,
        "types": endpoint.types,
        "condition": endpoint.condition,
        "ordered": endpoint.is_ordered,
        "enabled": endpoint.disabled_at is None,
    }
