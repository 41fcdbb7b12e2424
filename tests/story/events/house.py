"""All roles as processes, with a PostgreSQL of their own, and somebody who kills them."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from time import monotonic

import asyncpg
from tests.conftest import with_database
from tests.store.content.editing.test_server_stopped import postmaster
from tests.story.events.role_process import RoleProcess

from masthead.kernel import UnavailableError
from masthead.model import default_model
from masthead.store import apply_model, embedded_server, open_database

STOPPED = 4.0
"""Seconds that a stopped relay stays stopped: longer than its session lasts."""

PATIENCE = 60
"""Seconds after which a server that does not start never will."""

_VICTIMS = ("relay", "relay", "relay", "worker", "api", "consumer", "consumer", "stopped relay", "postgres")
"""Each dies before the same one dies again: those that start slowly get to do something."""


class House:
    """Two relays, a worker (which relays too), an API process, consumers. What ends is started again."""

    def __init__(self, folder: Path, port: int, seed: int) -> None:
        self.handed_over = folder / "handed-over.txt"
        self.killed: Counter[str] = Counter()
        self._folder = folder
        self._port = port
        self._chance = random.Random(seed)
        self._server: AbstractContextManager[str] | None = None
        self._roles: list[RoleProcess] = []
        self.url = ""

    @property
    def address(self) -> str:
        """Of the API process."""
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """A new server, with an empty publication in it."""
        server = await asyncio.to_thread(self._enter)
        connection = await asyncpg.connect(server)
        await connection.execute("CREATE DATABASE story")
        await connection.close()
        self.url = with_database(server, "story")
        async with open_database(self.url, size=1) as database:
            await apply_model(database, default_model())

    def start(self) -> None:
        """All roles."""
        consumer = (sys.executable, "-m", "tests.story.events.consumer_process", str(self.handed_over))
        for number in range(2):
            self._roles.append(RoleProcess("relay", self._folder / f"relay{number}.log", self.url))
        self._roles.append(RoleProcess("worker", self._folder / "worker.log", self.url))
        self._roles.append(RoleProcess("api", self._folder / "api.log", self.url, PORT=str(self._port)))
        self._roles.append(RoleProcess("consumer", self._folder / "consumer.log", self.url, *consumer))

    async def keep(self) -> None:
        """Start again what has ended, until cancelled."""
        while True:
            for each in self._roles:
                if not each.is_running:
                    each.start_again()
            await asyncio.sleep(0.05)

    async def torment(self, seconds: float, pauses: tuple[float, float]) -> None:
        """Kill one after the other for so long, with pauses between these two lengths."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        waiting: list[str] = []
        while loop.time() < end:
            await asyncio.sleep(self._chance.uniform(*pauses))
            waiting = waiting or self._chance.sample(_VICTIMS, len(_VICTIMS))
            victim = waiting.pop()
            self.killed[victim] += 1
            if victim == "postgres":
                await asyncio.to_thread(self._restart_server)
            elif victim == "stopped relay":
                await self._stop_a_moment(self._one("relay"))
            else:
                self._one(victim).send(signal.SIGKILL)

    async def close(self) -> None:
        """End everything."""
        with ExitStack() as stack:
            if self._server is not None:
                stack.push(self._server)
            for each in self._roles:
                stack.callback(each.end)

    def _one(self, name: str) -> RoleProcess:
        return self._chance.choice([each for each in self._roles if each.name == name])

    async def _stop_a_moment(self, role: RoleProcess) -> None:
        role.send(signal.SIGSTOP)
        await asyncio.sleep(STOPPED)
        role.send(signal.SIGCONT)

    def _enter(self) -> str:
        server = embedded_server(self._folder)
        url = server.__enter__()
        self._server = server
        return url

    def _restart_server(self) -> None:
        os.kill(postmaster(self._folder), signal.SIGKILL)
        if self._server is not None:
            self._server.__exit__(None, None, None)
            self._server = None
        end = monotonic() + PATIENCE
        while self._server is None:
            try:
                self._enter()
            except UnavailableError:  # backends of the old one are still there
                if monotonic() > end:
                    raise
