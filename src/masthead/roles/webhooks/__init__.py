"""Webhooks in the worker role: how they go out, and what runs."""

from masthead.roles.webhooks.running import webhook_handlers
from masthead.roles.webhooks.sender import Sender

__all__ = ["Sender", "webhook_handlers"]
