"""What processes without a port share: they begin with a database that has a publication in it, and end at
a signal."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from masthead.kernel import InputError, UnavailableError
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.store import Database, read_applied_model


def require_url(settings: Settings, role: str) -> str:
    """The database's address. Raises InputError without one."""
    if settings.database_url is None:
        raise InputError(
            "setting-missing",
            f"The {role} role needs DATABASE_URL.",
            "Set it to a PostgreSQL 15 to 18, or use `masthead up`, which brings its own.",
        )
    return settings.database_url.get_secret_value()


async def require_model(database: Database) -> ContentModel:
    """The model in force. Raises UnavailableError for a database without one."""
    model = await read_applied_model(database)
    if model is None:
        raise UnavailableError(
            "database-empty",
            "There is no publication in this database yet.",
            "Run `masthead import DIR` with the same DATABASE_URL first.",
        )
    return model


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until SIGTERM or SIGINT."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
