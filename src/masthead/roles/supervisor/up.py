"""`masthead up`, composed: PostgreSQL, the model, the content, the API, the site; then watch them all."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from masthead.kernel import MastheadError
from masthead.kernel.settings import Settings
from masthead.roles.listen import open_listener
from masthead.roles.site import site_command
from masthead.roles.state import write_restarts
from masthead.roles.supervisor.child import Child, Command
from masthead.roles.supervisor.claim import claim_folder
from masthead.roles.supervisor.postgres import Postgres
from masthead.roles.supervisor.publication import Publication
from masthead.roles.supervisor.readiness import wait_until_ready
from masthead.roles.supervisor.screen import Screen
from masthead.roles.supervisor.watchman_link import Watchman, start_watchman
from masthead.store import open_database

log = structlog.get_logger("masthead.up")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be up: the publication in `folder`, its data in `data`, the site on `site_port`."""

    folder: Path
    data: Path
    settings: Settings
    listener: socket.socket
    site_port: int

    @property
    def address(self) -> str:
        """The public address, as this machine reaches it."""
        host, port = self.listener.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def state_file(self) -> Path:
        """Where restarts are counted for /metrics."""
        return self.data / "restarts.json"


async def up(folder: Path, settings: Settings, screen: Screen) -> None:
    """Serve the publication in `folder` until SIGINT or SIGTERM, and leave no process behind.

    Raises MastheadError: a port that is taken, a folder in use, a model that cannot be, a process
    that does not live.
    """
    data = (settings.data or folder / ".masthead").resolve()
    with open_listener(settings.host, settings.port) as listener:
        plan = Plan(folder, data, settings, listener, _free_port())
        with claim_folder(data, plan.address):
            await _until_stopped(_serve(plan, screen))
    screen.stopped()


async def _until_stopped(serving: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(serving)

    def stop() -> None:
        if not task.cancelling():  # stopping takes a few seconds at most: impatience does not help it
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        with suppress(asyncio.CancelledError):
            await task
    except BaseExceptionGroup as group:
        raise _first(group) from None


async def _serve(plan: Plan, screen: Screen) -> None:
    """What is pushed on the stack is undone in reverse: who answers stops first, the watchman goes last."""
    async with AsyncExitStack() as stack:
        watchman = await start_watchman()
        stack.push_async_callback(watchman.dismiss)
        async with asyncio.TaskGroup() as keepers:
            house = _House(plan, watchman, stack, keepers)
            await _start(house, screen)


async def _start(house: "_House", screen: Screen) -> None:
    plan = house.plan
    postgres = house.postgres()  # before the site: it must stop after it
    house.keep(house.site())  # needs nothing to start, and takes its time
    url = await postgres.start() if postgres else _given_url(plan.settings)
    if postgres:
        house.watch_postgres(postgres)
    database = await house.stack.enter_async_context(open_database(url))
    publication = Publication(plan.folder, plan.data, database, screen)
    await publication.prepare()
    apis = [house.api(url, number) for number in range(plan.settings.workers)]
    for api in apis:
        house.keep(api)
    outcome = await publication.bring_in()
    await wait_until_ready(plan.address)
    screen.started(plan.address, outcome)

    async def start_apis_again() -> None:
        await asyncio.gather(*(api.replace() for api in apis))

    await publication.watch(start_apis_again)


class _House:
    """The processes of one `up`: how each is made, kept and counted."""

    def __init__(
        self, plan: Plan, watchman: Watchman, stack: AsyncExitStack, keepers: asyncio.TaskGroup
    ) -> None:
        self.plan = plan
        self.stack = stack
        self._watchman = watchman
        self._keepers = keepers
        self._restarts: Counter[str] = Counter()
        write_restarts(plan.state_file, self._restarts)

    def keep(self, child: Child) -> None:
        """Keep it running until the stack unwinds."""
        self.stack.push_async_callback(child.stop)
        self._keepers.create_task(child.run())

    def postgres(self) -> Postgres | None:
        """The embedded server, not started; none where DATABASE_URL names another."""
        if self.plan.settings.database_url is not None:
            return None
        postgres = Postgres(self.plan.data, self._count_restart)
        self._watchman.watch_server(self.plan.data)
        self.stack.push_async_callback(postgres.stop)
        return postgres

    def watch_postgres(self, postgres: Postgres) -> None:
        """Start it again when it dies."""
        self._keepers.create_task(postgres.keep_running())

    def site(self) -> Child:
        """Node, which finds us on the public port."""
        settings = self.plan.settings
        node = site_command(
            site_directory=settings.site_directory,
            api_url=self.plan.address,
            port=self.plan.site_port,
            memory_mb=settings.site_memory_mb,
            is_live=True,
        )
        return self._child(Command("site", node.arguments, node.environment, is_piped=True))

    def api(self, url: str, number: int) -> Child:
        """One process that answers on the public port."""
        plan = self.plan
        socket_number = plan.listener.fileno()
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "MASTHEAD_DATA": str(plan.data),
            "MASTHEAD_SITE_URL": f"http://127.0.0.1:{plan.site_port}",
            "MASTHEAD_LIVE_RELOAD": "true",
        }
        arguments = (sys.executable, "-m", "masthead.roles", "--socket", str(socket_number),
                     "--state", str(plan.state_file))  # fmt: skip
        name = "api" if number == 0 else f"api-{number + 1}"
        return self._child(Command(name, arguments, environment, sockets=(socket_number,)))

    def _child(self, command: Command) -> Child:
        return Child(command, self._watchman, self._count_restart)

    def _count_restart(self, process: str) -> None:
        self._restarts[process] += 1
        write_restarts(self.plan.state_file, self._restarts)


def _given_url(settings: Settings) -> str:
    if settings.database_url is None:
        raise AssertionError("unreachable: without a URL the server is embedded")
    return settings.database_url.get_secret_value()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that a person should read: ours before any other, the first of them."""
    leaves = list(_leaves(group))
    return next((error for error in leaves if isinstance(error, MastheadError)), leaves[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]
