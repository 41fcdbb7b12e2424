"""Rows of webhooks: all are for owners. Nothing is sent: no worker runs in the story."""

from typing import Any

from tests.story.authorisation.row import Ask, Prepare, Row, always
from tests.story.authorisation.world import World

NEW = {"url": "https://example.org/in"}


def _of_webhook(tail: str = "", json: Any = None) -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask(f"{await _webhook(world)}{tail}", json)

    return prepare


def _of_delivery(tail: str = "") -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask(f"{await _delivery(world)}{tail}")

    return prepare


async def _webhook(world: World) -> str:
    made = await world.owner("POST", "/api/webhooks", NEW)
    return f"/api/webhooks/{made['id']}"


async def _delivery(world: World) -> str:
    webhook = await _webhook(world)
    return f"{webhook}/deliveries/{await world.delivery(webhook.rpartition('/')[2])}"


WEBHOOK_ROWS = (
    Row("GET /api/webhooks", always("/api/webhooks")),
    Row("POST /api/webhooks", always("/api/webhooks", NEW)),
    Row("GET /api/webhooks/{webhook}", _of_webhook()),
    Row("PATCH /api/webhooks/{webhook}", _of_webhook(json={"ordered": True})),
    Row("DELETE /api/webhooks/{webhook}", _of_webhook()),
    Row("POST /api/webhooks/{webhook}/secret", _of_webhook("/secret")),
    Row("POST /api/webhooks/{webhook}/replay", _of_webhook("/replay", {"first": 1, "last": 1})),
    Row("POST /api/webhooks/{webhook}/recover", _of_webhook("/recover", {"first": 1})),
    Row("POST /api/webhooks/{webhook}/redrive", _of_webhook("/redrive", {})),
    Row("GET /api/webhooks/{webhook}/deliveries", _of_webhook("/deliveries")),
    Row("GET /api/webhooks/{webhook}/deliveries/{delivery}", _of_delivery()),
    Row("POST /api/webhooks/{webhook}/deliveries/{delivery}/resend", _of_delivery("/resend")),
)
