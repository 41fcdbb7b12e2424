"""One process with a cache, behind a proxy of its own, and what can happen to it."""

import asyncio
import random
import signal
import socket
import sys
from pathlib import Path
from typing import Literal, assert_never

import httpx
from tests.story.coherence.asking import PATIENCE, Asker, LineAsker, ListAsker, PageAsker, RestAsker
from tests.story.coherence.chaos_proxy import ChaosProxy
from tests.story.coherence.site_asking import ShownListAsker
from tests.story.events.role_process import RoleProcess

Kind = Literal["cache", "cache without lease", "api", "api without lease", "site", "site without lease"]
"""What is started: a small process with a cache, the API with a small renderer, or with the shipped site."""

_PYTHON = (sys.executable, "-m")

TROUBLES = ("stop", "stop", "late", "late", "cut", "half-close", "swallow", "silence")


class Member:
    """One process with a cache."""

    def __init__(self, number: int, url: str, log: Path, seed: int, kind: Kind) -> None:
        self.number = number
        self.port = _free_port()
        self.proxy = ChaosProxy(url, seed)
        self._log = log
        self._kind = kind
        self.process: RoleProcess | None = None
        self._renderer: RoleProcess | None = None

    async def start(self, neighbour: int) -> None:
        """Start it, and wait until it answers. Its site asks the process at the port `neighbour`: which one
        that asks is chance where several share a port, and another one is the harder case."""
        url = await self.proxy.open()
        match self._kind:
            case "cache" | "cache without lease":
                options = ("--without-lease",) if self._is_odd else ()
                program = (*_PYTHON, "tests.story.coherence.cache_process", url, str(self.port), *options)
                self.process = RoleProcess("cache", self._log, url, *program)
            case "api" | "api without lease":
                site = _free_port()
                own = f"http://127.0.0.1:{self.port}"
                program = (*_PYTHON, "tests.story.coherence.renderer", str(site), own)
                self._renderer = RoleProcess("site", self._log.with_suffix(".site"), url, *program)
                self.process = self._api(url, site)
            case "site" | "site without lease":
                site = _free_port()
                self._renderer = RoleProcess(
                    "site",
                    self._log.with_suffix(".site"),
                    url,
                    MASTHEAD_SITE_PORT=str(site),
                    MASTHEAD_API_URL=f"http://127.0.0.1:{neighbour}",
                )
                self.process = self._api(url, site)
            case _:
                assert_never(self._kind)
        async with asyncio.timeout(PATIENCE):
            while not await self._is_up():  # noqa: ASYNC110 - a process of its own, which says nothing
                await asyncio.sleep(0.05)

    def _api(self, url: str, site: int) -> RoleProcess:
        """As `masthead up` does with several of them: one word for all."""
        program = (*_PYTHON, "tests.story.coherence.api_without_lease") if self._is_odd else ()
        return RoleProcess(
            "api",
            self._log,
            url,
            *program,
            PORT=str(self.port),
            MASTHEAD_SITE_URL=f"http://127.0.0.1:{site}",
            MASTHEAD_SITE_SECRET="a word for all of them",
            MASTHEAD_SERVER_TIMING="true",
        )

    @property
    def _is_odd(self) -> bool:
        return self._kind.endswith("without lease")

    async def _is_up(self) -> bool:
        """Whether it answers: an API process listens before it can."""
        try:
            for asker in await self.askers():
                await asker.begin()
                await asker.close()
        except (OSError, httpx.TransportError):
            return False
        return True

    async def askers(self) -> list[Asker]:
        """Those who ask it: one of each kind. Raises OSError where it does not listen."""
        if self._kind.startswith("api"):
            return [RestAsker(self.port), ListAsker(self.port), PageAsker(self.port)]
        if self._kind.startswith("site"):
            return [PageAsker(self.port), ShownListAsker(self.port)]
        return [LineAsker(*await asyncio.open_connection("127.0.0.1", self.port)) for _ in range(2)]

    async def end(self) -> None:
        """Whatever state it is in."""
        for process in (self.process, self._renderer):
            if process is not None:
                process.end()
        await self.proxy.close()

    async def trouble(self, kind: str, seconds: float, chance: random.Random) -> None:
        """Something happens to it, for a while."""
        assert self.process is not None
        match kind:
            case "stop":
                self.process.send(signal.SIGSTOP)
                await asyncio.sleep(seconds)
                self.process.send(signal.SIGCONT)
            case "late":
                self.proxy.delay = chance.choice((0.02, 0.2, 0.6))
                await asyncio.sleep(seconds)
            case "silence":
                self.proxy.be_silent()
                await asyncio.sleep(seconds)
            case "cut":
                self.proxy.cut()
            case "half-close":
                self.proxy.half_close()
            case "swallow":
                self.proxy.swallow()
                await asyncio.sleep(seconds)
                self.proxy.cut()  # whoever asked for something would wait for ever, as TCP does for hours
            case _:
                raise AssertionError(kind)
        self.proxy.go_on()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
