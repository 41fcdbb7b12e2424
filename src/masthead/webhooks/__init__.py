"""Events sent to addresses that somebody has asked for, as Standard Webhooks says."""

from masthead.webhooks.again import Again
from masthead.webhooks.attempting import Attempts
from masthead.webhooks.consuming import keep_expanding
from masthead.webhooks.delivery import Attempt, Delivery, State, find_delivery, list_attempts, list_deliveries
from masthead.webhooks.endpoint import Endpoint
from masthead.webhooks.endpoints import Endpoints, Wanted
from masthead.webhooks.expanding import SourceOf, expand
from masthead.webhooks.forgetting import forget_deliveries
from masthead.webhooks.gaps import CONSUMER, Gap
from masthead.webhooks.handling import Sending
from masthead.webhooks.message import Message, Reply, Send
from masthead.webhooks.recovering import Recovered
from masthead.webhooks.schedule import Schedule
from masthead.webhooks.signing import new_secret, signed_headers
from masthead.webhooks.state import WebhookState, read_webhook_state

__all__ = [
    "CONSUMER",
    "Again",
    "Attempt",
    "Attempts",
    "Delivery",
    "Endpoint",
    "Endpoints",
    "Gap",
    "Message",
    "Recovered",
    "Reply",
    "Schedule",
    "Send",
    "Sending",
    "SourceOf",
    "State",
    "Wanted",
    "WebhookState",
    "expand",
    "find_delivery",
    "forget_deliveries",
    "keep_expanding",
    "list_attempts",
    "list_deliveries",
    "new_secret",
    "read_webhook_state",
    "signed_headers",
]
