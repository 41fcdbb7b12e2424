"""Processes with caches, each behind a proxy of its own; readers, authors, and somebody who breaks things."""

import asyncio
import random
import signal
import socket
import sys
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Literal
from uuid import UUID

import httpx
from tests.store.content.commands.desk import Desk
from tests.story.coherence.asking import PATIENCE, ApiAsker, AskedInVainError, Asker, LineAsker, hits
from tests.story.coherence.chaos_proxy import ChaosProxy
from tests.story.coherence.record import Read, Record
from tests.story.events.role_process import RoleProcess

from masthead.content.commands import Changed
from masthead.store import Database

Kind = Literal["cache", "cache without lease", "api"]

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

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        url = await self.proxy.open()
        if self._kind == "api":
            self.process = RoleProcess("api", self._log, url, PORT=str(self.port))
        else:
            program = (sys.executable, "-m", "tests.story.coherence.cache_process", url, str(self.port))
            options = ("--without-lease",) if self._kind == "cache without lease" else ()
            self.process = RoleProcess("cache", self._log, url, *program, *options)
        async with asyncio.timeout(PATIENCE):
            while not await self._is_up():  # noqa: ASYNC110 - a process of its own, which says nothing
                await asyncio.sleep(0.05)

    async def _is_up(self) -> bool:
        """Whether it answers: an API process listens before it can."""
        try:
            asker = await self.asker()
            await asker.begin()
            await asker.close()
        except (OSError, httpx.TransportError):
            return False
        return True

    async def asker(self) -> Asker:
        """Somebody who asks it. Raises OSError where it does not listen."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        if self._kind != "api":
            return LineAsker(reader, writer)
        writer.close()
        await writer.wait_closed()
        return ApiAsker(self.port)

    async def hits(self) -> int:
        """How many answers it says that it gave from memory, where it does not say it of each."""
        return await hits(self.port) if self._kind == "api" else 0

    async def end(self) -> None:
        """Whatever state it is in."""
        if self.process is not None:
            self.process.end()
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
        self.record = Record()
        self.troubles: Counter[str] = Counter()
        self.longest = 0.0
        self.hits = 0
        self.members = [
            Member(number, url, folder / f"member-{number}.log", seed + number, kind) for number in range(3)
        ]

    async def play(self, seconds: float, *, pages: int = 4, readers: int = 2) -> None:
        """Everybody at work for so long; then what was begun is ended."""
        entries = [await self._desk.public(await self._desk.page("0")) for _ in range(pages)]
        await asyncio.gather(*(each.start() for each in self.members))
        end = monotonic() + seconds
        ids = [each.entry for each in entries]
        try:
            async with asyncio.TaskGroup() as group:
                for entry in entries:
                    group.create_task(self._write(entry, end))
                for member in self.members:
                    group.create_task(self._break(member, end))
                    for _ in range(readers):
                        group.create_task(self._read(member, ids, end))
            self.hits += sum([await each.hits() for each in self.members])
        finally:
            await asyncio.gather(*(each.end() for each in self.members))

    async def _write(self, changed: Changed, end: float) -> None:
        version = 0
        while monotonic() < end:
            version += 1
            changed = await self._desk.save(changed, title=str(version))
            begun = monotonic()
            changed = await self._desk.public(changed)
            self.record.acknowledge(changed.entry, version)
            self.longest = max(self.longest, monotonic() - begun)
            await asyncio.sleep(self._chance.uniform(0, 0.3))

    async def _read(self, member: Member, ids: list[UUID], end: float) -> None:
        asker = await member.asker()
        try:
            while monotonic() < end:
                await self._read_one(member, asker, self._chance.choice(ids))
                # Readers that never rest would leave the others nothing of two processors.
                await asyncio.sleep(self._chance.uniform(0, 0.004))
        finally:
            await asker.close()

    async def _read_one(self, member: Member, asker: Asker, entry: UUID) -> None:
        begun = monotonic()
        try:
            version, is_kept = await asker.ask(entry)
        except AskedInVainError as error:
            self.troubles[f"read: {error}"] += 1
            return
        self.hits += is_kept
        self.record.reads.append(Read(member.number, entry, begun, monotonic(), version))

    async def _break(self, member: Member, end: float) -> None:
        while (left := end - monotonic()) > 0:
            await asyncio.sleep(min(left, self._chance.uniform(0.05, 1.0)))
            kind = self._chance.choice(_TROUBLES)
            self.troubles[kind] += 1
            await member.trouble(kind, self._chance.choice((0.1, 0.5, 1.2, 2.5)), self._chance)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
