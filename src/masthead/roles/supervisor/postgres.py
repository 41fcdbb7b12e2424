"""The embedded PostgreSQL, kept running: started, watched, started again, stopped last."""

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import structlog

from masthead.kernel import UnavailableError
from masthead.roles.supervisor.child import Backoff

log = structlog.get_logger("masthead.up")

LOOK_EVERY = 0.5
"""Seconds between two looks at the postmaster. It is nobody's child, so nobody is told when it dies."""


class Postgres:
    """The server of one data folder."""

    def __init__(self, folder: Path, on_restart: Callable[[str], None]) -> None:
        self._folder = folder
        self._on_restart = on_restart
        self._server: AbstractContextManager[str] | None = None

    async def start(self) -> str:
        """Start it, or join the one that runs; its URL. Raises UnavailableError."""
        starting = asyncio.ensure_future(asyncio.to_thread(self._enter))
        try:
            return await asyncio.shield(starting)
        finally:
            # Also when Ctrl-C came meanwhile: what is starting can only be stopped once it has started.
            await starting

    async def stop(self) -> None:
        """Let go of it; it stops when nobody else uses it."""
        server, self._server = self._server, None
        if server is not None:
            await asyncio.to_thread(server.__exit__, None, None, None)

    async def keep_running(self) -> None:
        """Start it again when it dies. Raises UnavailableError after repeated instant deaths."""
        backoff, clock = Backoff(), asyncio.get_running_loop().time
        start = clock()
        while True:
            await self._death()
            delay = backoff.after(clock() - start)
            if delay is None:
                raise UnavailableError(
                    "process-dies",
                    "The embedded PostgreSQL ends as soon as it is started.",
                    f"Read {self._folder / 'postgres' / 'log'}.",
                )
            log.warning("process.died", process="postgres", again_in=delay)
            await asyncio.sleep(delay)
            start = clock()
            await self._start_again()

    def _enter(self) -> str:
        from masthead.store import embedded_server  # takes half a second: in the thread, beside the rest

        server = embedded_server(self._folder)
        url = server.__enter__()
        self._server = server
        return url

    async def _start_again(self) -> None:
        try:
            await self.stop()
            await self.start()
        except UnavailableError as error:
            log.warning("process.not_started", process="postgres", error=str(error))
        else:
            self._on_restart("postgres")

    async def _death(self) -> None:
        pid = _postmaster(self._folder)
        while pid is not None and _is_running(pid):  # noqa: ASYNC110 - no event tells of a stranger's death
            await asyncio.sleep(LOOK_EVERY)


def _postmaster(folder: Path) -> int | None:
    try:
        return int((folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """In a container nobody may reap what PostgreSQL left; /proc tells, where there is one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
