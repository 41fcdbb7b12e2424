"""Every kind of job that the worker does."""

from masthead.jobs import Handlers
from masthead.kernel.settings import Settings
from masthead.roles.webhooks import webhook_handlers
from masthead.roles.worker.chores import chore_handlers, chores
from masthead.store import Database


def all_handlers(database: Database, settings: Settings) -> Handlers:
    """By kind."""
    return {**chore_handlers(chores(database, settings)), **webhook_handlers(database, settings)}
