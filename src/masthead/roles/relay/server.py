"""The relay role as a process: nothing but the relay, for those who want no other load beside it."""

import structlog

from masthead.events import Relay
from masthead.kernel.settings import Settings
from masthead.roles.standing import require_model, require_url, until_stopped
from masthead.store import open_database

log = structlog.get_logger("masthead.relay")


async def serve_relay(settings: Settings) -> None:
    """Give events their positions until SIGTERM or SIGINT. Any number may run; one works, the others wait.

    Raises InputError without DATABASE_URL, UnavailableError when the database is not there or empty.
    """
    async with open_database(require_url(settings, "relay"), size=1) as database:
        await require_model(database)
        await until_stopped(Relay(database).run())
    log.info("relay.stopped")
