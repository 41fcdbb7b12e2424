"""The API role as a process: granian in this process's own event loop, stopped by a signal."""

import asyncio
import gc
import signal
import socket
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog
from granian import net
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from masthead.access import Policies
from masthead.kernel import InputError, UnavailableError
from masthead.kernel.settings import Settings
from masthead.roles.api.application import Application, Parts, open_application
from masthead.roles.api.functions import publication_functions
from masthead.roles.listen import BACKLOG
from masthead.store import Database, open_database, read_applied_model, read_applied_policies

log = structlog.get_logger("masthead.api")

DRAIN = 3.0
"""Seconds that answers under way get to finish when the process is told to stop."""


async def serve_api(settings: Settings, listener: socket.socket, state_file: Path | None = None) -> None:
    """Answer on `listener` until SIGTERM or SIGINT.

    Raises InputError without DATABASE_URL or the functions of computed fields, UnavailableError when the
    database is not there or empty.
    """
    if settings.database_url is None:
        raise InputError(
            "setting-missing",
            "The API role needs DATABASE_URL.",
            "Set it to a PostgreSQL 15 to 18, or use `masthead up`, which brings its own.",
        )
    stopping = _stop_on_signals()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.database_url.get_secret_value()))
        parts = await _open_parts(database, settings, state_file)
        application = await stack.enter_async_context(open_application(parts))
        _settle_memory()
        await _serve(application, listener, stopping)


async def _open_parts(database: Database, settings: Settings, state_file: Path | None) -> Parts:
    model = await read_applied_model(database)
    if model is None:
        raise UnavailableError(
            "database-empty",
            "There is no publication in this database yet.",
            "Run `masthead import DIR` with the same DATABASE_URL first.",
        )
    functions = publication_functions(model, settings.publication)
    await database.open_public(settings.pool_size, settings.statement_timeout)
    policies = Policies.from_json(model, await read_applied_policies(database))
    return Parts(database, model, settings, state_file, functions, policies)


class _Inherited(Server):
    """granian, on a socket that is open already: it stays open while this process is replaced."""

    def __init__(self, application: Application, listener: socket.socket) -> None:
        super().__init__(
            application.asgi,
            interface=Interfaces.ASGINL,
            backlog=BACKLOG,
            websockets=True,
            # Whoever listens is a request that lasts: beside all of them there is room for others.
            backpressure=BACKLOG + application.live.clients.bounds.clients,
            log_enabled=False,
            http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=64 * 1024),
        )
        self._listener = listener

    def _init_shared_socket(self) -> None:
        self._ssp = None
        # The stub knows neither the arguments nor this attribute's second type; granian 2.8 pickles both.
        self._shd = net.SocketHolder(self._listener.fileno(), False, BACKLOG)  # type: ignore


async def _serve(application: Application, listener: socket.socket, stopping: asyncio.Event) -> None:
    server = _Inherited(application, listener)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stopping.wait())
    host, port = listener.getsockname()[:2]
    log.info("api.started", host=host, port=port)
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    application.close()
    server.stop()  # type: ignore[no-untyped-call]  # granian is not annotated here
    with suppress(TimeoutError):
        await asyncio.wait_for(serving, DRAIN)
    log.info("api.stopped")


def _settle_memory() -> None:
    """What is there now stays as long as the process: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping
