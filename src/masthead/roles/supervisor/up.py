"""`masthead up`, composed: PostgreSQL, the model, the content, the API, the site; then watch them all.

Start-up time is felt at every start, so what takes long runs side by side: the API process and Node load
while this one loads its own libraries and PostgreSQL starts.
"""

import asyncio
import signal
import socket
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import structlog

from masthead.kernel import MastheadError
from masthead.kernel.settings import Settings
from masthead.roles.listen import open_listener
from masthead.roles.supervisor.claim import claim_folder
from masthead.roles.supervisor.house import House, Plan
from masthead.roles.supervisor.public_address import public_address
from masthead.roles.supervisor.readiness import wait_until_ready
from masthead.roles.supervisor.screen import Screen
from masthead.roles.supervisor.watchman_link import start_watchman

log = structlog.get_logger("masthead.up")


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
            await _start(House(plan, watchman, stack, keepers), stack, screen)


async def _start(house: House, stack: AsyncExitStack, screen: Screen) -> None:
    plan = house.plan
    postgres = house.postgres()  # before all others: it must stop after them
    house.keep(house.site())
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    apis = [house.keep(house.api(told, number)) for number in range(plan.settings.workers)]
    loading = asyncio.create_task(asyncio.to_thread(_load_libraries))
    url = await postgres.start() if postgres else _given_url(plan.settings)
    await loading
    if postgres:
        house.watch_postgres(postgres)

    from masthead.roles.supervisor.publication import open_publication

    publication = await stack.enter_async_context(open_publication(plan.folder, plan.data, url, screen))
    await publication.prepare()
    if not await publication.is_empty():
        told.set_result(url)
    outcome = await publication.bring_in()
    if not told.done():  # what came before the first import waited at the port: nobody saw an empty site
        told.set_result(url)
    await wait_until_ready(plan.address)
    house.keep(house.worker(told))  # now that nobody waits for the processor
    link = await publication.owner_link(public_address(plan.settings, plan.data))
    screen.started(plan.address, outcome, link)

    async def start_apis_again() -> None:
        await asyncio.gather(*(api.replace() for api in apis))

    await publication.watch(start_apis_again)


def _load_libraries() -> None:
    """What takes half a second to import, away from the event loop, which starts processes meanwhile."""
    import masthead.roles.supervisor.publication  # noqa: F401 - for its effect on the import system


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
    leaves = _leaves(group)
    return next((error for error in leaves if isinstance(error, MastheadError)), leaves[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]
