"""How deliveries stand, for metrics."""

from dataclasses import dataclass

from masthead.store import Reader

_STATE = """
SELECT (SELECT count(*) FROM masthead.webhook_delivery WHERE state = 'pending') AS pending,
    (SELECT count(*) FROM masthead.webhook_delivery WHERE state = 'dead') AS dead,
    (SELECT count(*) FROM masthead.webhook_endpoint WHERE disabled_at IS NOT NULL) AS disabled
"""


@dataclass(frozen=True, slots=True)
class WebhookState:
    """Deliveries that wait, dead letters, and endpoints that are told of nothing."""

    pending: int
    dead: int
    disabled: int


async def read_webhook_state(reader: Reader) -> WebhookState:
    """As the tables have it: the same whichever process asks."""
    (row,) = await reader.fetch(_STATE)
    return WebhookState(**row)
