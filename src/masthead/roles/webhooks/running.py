"""The jobs of webhooks, as the settings want them."""

from masthead.jobs import Handlers
from masthead.kernel.settings import Settings
from masthead.roles.webhooks.sender import Sender
from masthead.store import Database
from masthead.webhooks import Attempts, Sending


def webhook_handlers(database: Database, settings: Settings) -> Handlers:
    """By kind."""
    sender = Sender(timeout=settings.webhook_timeout, may_be_private=settings.webhook_private)
    return Sending(database, Attempts(database, sender)).handlers()
