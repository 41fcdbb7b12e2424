"""Processes with caches, each behind a proxy of its own; readers, authors, and somebody who breaks things."""

import asyncio
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Literal

import httpx
from tests.store.content.commands.desk import Desk
from tests.story.coherence.asking import (
    PATIENCE,
    AskedInVainError,
    Asker,
    Entry,
    LineAsker,
    ListAsker,
    PageAsker,
    RestAsker,
)
from tests.story.coherence.chaos_proxy import ChaosProxy
from tests.story.coherence.record import Read, Record
from tests.story.events.role_process import RoleProcess

from masthead.content.commands import Changed, Unpublish
from masthead.store import Database

Kind = Literal["cache", "cache without lease", "api", "api without lease"]

_TROUBLES = ("stop", "stop", "late", "late", "cut", "half-close", "swallow", "silence")


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

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        url = await self.proxy.open()
        python = (sys.executable, "-m")
        if self._is_api:
            site = _free_port()
            program = (*python, "tests.story.coherence.renderer", str(site), f"http://127.0.0.1:{self.port}")
            self._renderer = RoleProcess("site", self._log.with_suffix(".site"), url, *program)
            odd = (*python, "tests.story.coherence.api_without_lease") if self._kind != "api" else ()
            self.process = RoleProcess(
                "api",
                self._log,
                url,
                *odd,
                PORT=str(self.port),
                MASTHEAD_SITE_URL=f"http://127.0.0.1:{site}",
                MASTHEAD_SERVER_TIMING="true",
            )
        else:
            options = ("--without-lease",) if self._kind != "cache" else ()
            program = (*python, "tests.story.coherence.cache_process", url, str(self.port))
            self.process = RoleProcess("cache", self._log, url, *program, *options)
        async with asyncio.timeout(PATIENCE):
            while not await self._is_up():  # noqa: ASYNC110 - a process of its own, which says nothing
                await asyncio.sleep(0.05)

    @property
    def _is_api(self) -> bool:
        return self._kind.startswith("api")

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
        if self._is_api:
            return [RestAsker(self.port), ListAsker(self.port), PageAsker(self.port)]
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


class Scene:
    """All of it. The authors' database is not behind a proxy."""

    def __init__(self, database: Database, url: str, folder: Path, seed: int, kind: Kind) -> None:
        self._desk = Desk.at(database)
        self._chance = random.Random(seed)
        self._is_over = False
        self.record = Record()
        self.troubles: Counter[str] = Counter()
        self.longest = 0.0
        self.members = [
            Member(number, url, folder / f"member-{number}.log", seed + number, kind) for number in range(3)
        ]

    async def play(self, seconds: float, is_enough: Callable[[], bool], *, pages: int = 4) -> None:
        """Everybody at work for so long, and until that is enough; then what was begun is ended."""
        made = [await self._desk.public(await self._desk.page("0")) for _ in range(pages)]
        entries = [Entry(each.entry, await self._path(each)) for each in made]
        await asyncio.gather(*(each.start() for each in self.members))
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch(seconds, is_enough))
                for each in made:
                    group.create_task(self._write(each))
                for member in self.members:
                    group.create_task(self._break(member))
                    for asker in await member.askers():
                        group.create_task(self._read(member, asker, entries))
        finally:
            await asyncio.gather(*(each.end() for each in self.members))

    async def _path(self, page: Changed) -> str:
        row = await self._desk.row("live", page)
        assert row is not None
        return str(row["path"])

    async def _watch(self, seconds: float, is_enough: Callable[[], bool]) -> None:
        """A slow machine gets more time, up to a bound."""
        await asyncio.sleep(seconds)
        end = monotonic() + 120
        while not is_enough() and monotonic() < end:  # noqa: ASYNC110 - what is counted tells nobody
            await asyncio.sleep(0.2)
        self._is_over = True

    async def _write(self, changed: Changed) -> None:
        version = 0
        while not self._is_over:
            version += 1
            is_away = version % 4 == 0
            if not is_away:
                changed = await self._desk.save(changed, title=str(version))
            begun = monotonic()
            if is_away:
                self.record.withdraw(changed.entry, version)
                changed = await self._desk.one(Unpublish(changed.entry, changed.head))
            else:
                changed = await self._desk.public(changed)
            self.record.acknowledge(changed.entry, version)
            self.longest = max(self.longest, monotonic() - begun)
            await asyncio.sleep(self._chance.uniform(0, 0.3))

    async def _read(self, member: Member, asker: Asker, entries: list[Entry]) -> None:
        try:
            while not self._is_over:
                await self._read_one(member, asker, self._chance.sample(entries, len(entries)))
                # Readers that never rest would leave the others nothing of two processors.
                await asyncio.sleep(self._chance.uniform(0, 0.004))
        finally:
            await asker.close()

    async def _read_one(self, member: Member, asker: Asker, entries: list[Entry]) -> None:
        begun = monotonic()
        try:
            answered = await asker.ask(entries)
        except AskedInVainError as error:
            self.troubles[f"read: {error}"] += 1
            return
        ended = monotonic()
        self.record.hits[asker.kind] += answered.is_kept
        self.record.reads += [
            Read(member.number, asker.kind, entry, begun, ended, version)
            for entry, version in answered.versions.items()
        ]

    async def _break(self, member: Member) -> None:
        while not self._is_over:
            await asyncio.sleep(self._chance.uniform(0.05, 1.0))
            kind = self._chance.choice(_TROUBLES)
            self.troubles[kind] += 1
            await member.trouble(kind, self._chance.choice((0.1, 0.5, 1.2, 2.5)), self._chance)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
