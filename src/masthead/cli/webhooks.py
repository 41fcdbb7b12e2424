"""`masthead webhooks`: who is told of events, and what became of it."""

from masthead.cli import webhook_deliveries, webhook_endpoints
from masthead.cli.webhook_verbs import webhooks

__all__ = ["webhook_deliveries", "webhook_endpoints", "webhooks"]
