"""Webhooks over HTTP: who is told of events, what was sent, and sending it again. For owners."""

from masthead.rest.webhooks.endpoint import WebhookEndpoint, is_of_webhooks

__all__ = ["WebhookEndpoint", "is_of_webhooks"]
