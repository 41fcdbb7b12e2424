"""Webhooks and deliveries as JSON."""

from typing import Any

from masthead.webhooks import Attempt, Delivery, Endpoint


def webhook_json(endpoint: Endpoint) -> dict[str, Any]:
    """Never with its secret."""
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "types": endpoint.types,
        "condition": endpoint.condition,
        "ordered": endpoint.is_ordered,
        "enabled": endpoint.disabled_at is None,
        "createdAt": endpoint.created_at,
        "disabledAt": endpoint.disabled_at,
        "disabledReason": endpoint.disabled_reason,
        "missed": [{"first": gap.first, "last": gap.last, "since": gap.since} for gap in endpoint.missed],
    }


def delivery_json(delivery: Delivery) -> dict[str, Any]:
    """What was sent, or is to be."""
    return {
        "id": delivery.id,
        "webhook": delivery.endpoint,
        "lane": delivery.lane,
        "position": delivery.position,
        "event": delivery.event,
        "type": delivery.type,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "dueAt": delivery.due_at,
        "createdAt": delivery.created_at,
        "endedAt": delivery.ended_at,
        "reason": delivery.reason,
    }


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    """One request, and what was answered."""
    return {
        "number": attempt.number,
        "at": attempt.at,
        "milliseconds": attempt.milliseconds,
        "status": attempt.status,
        "error": attempt.error,
        "response": attempt.response,
    }
