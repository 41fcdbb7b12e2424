"""Deliveries and their attempts, read: what was sent to whom, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from masthead.kernel import NotFoundError
from masthead.store import Reader, Transaction

State = Literal["pending", "done", "dead"]

SELECT_DELIVERY = """
SELECT id, endpoint_id, lane, position, event_id, type, state, attempts, due_at, created_at, ended_at, reason
FROM masthead.webhook_delivery
"""
_LIST = f"""{SELECT_DELIVERY}
WHERE ($1::uuid IS NULL OR endpoint_id = $1) AND ($2::text IS NULL OR state = $2)
    AND ($3::uuid IS NULL OR id < $3)
ORDER BY id DESC LIMIT $4
"""
_ATTEMPTS = """
SELECT number, at, milliseconds, status, error, response FROM masthead.webhook_attempt
WHERE delivery_id = $1 ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one endpoint. `lane` is the endpoint's id, or another for what is sent again. `reason`
    says why it is dead."""

    id: UUID
    endpoint: UUID
    lane: UUID
    position: int
    event: UUID
    type: str
    state: State
    attempts: int
    due_at: datetime
    created_at: datetime
    ended_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. `status` None: there was no answer, for what `error` says. `response` is the beginning."""

    number: int
    at: datetime
    milliseconds: int
    status: int | None
    error: str | None
    response: str


async def list_deliveries(
    reader: Reader,
    endpoint: UUID | None = None,
    state: State | None = None,
    before: UUID | None = None,
    size: int = 50,
) -> list[Delivery]:
    """The newest first; those that were made before the delivery `before`, to go on."""
    return [delivery_of(row) for row in await reader.fetch(_LIST, endpoint, state, before, size)]


async def find_delivery(reader: Reader | Transaction, key: UUID) -> Delivery:
    """One. Raises NotFoundError."""
    rows = await reader.fetch(f"{SELECT_DELIVERY} WHERE id = $1", key)
    if not rows:
        raise NotFoundError("delivery-missing", f"There is no delivery {key}.", "List them.")
    return delivery_of(rows[0])


async def list_attempts(reader: Reader, delivery: UUID) -> list[Attempt]:
    """All of a delivery, in order."""
    return [Attempt(**row) for row in await reader.fetch(_ATTEMPTS, delivery)]


def delivery_of(row: Mapping[str, Any]) -> Delivery:
    """Of a row of SELECT_DELIVERY."""
    return Delivery(
        UUID(bytes=row["id"].bytes),
        UUID(bytes=row["endpoint_id"].bytes),
        UUID(bytes=row["lane"].bytes),
        row["position"],
        UUID(bytes=row["event_id"].bytes),
        row["type"],
        row["state"],
        row["attempts"],
        row["due_at"],
        row["created_at"],
        row["ended_at"],
        row["reason"],
    )
