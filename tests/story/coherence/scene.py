"""Processes with caches, each behind a proxy of its own; readers, authors, and somebody who breaks things."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from tests.store.content.commands.desk import DATE, Desk
from tests.story.coherence.asking import AskedInVainError, Asker
from tests.story.coherence.member import TROUBLES, Kind, Member
from tests.story.coherence.record import Read, Record
from tests.story.coherence.writing import Shelf, Subject, Writer

from masthead.content.commands import Create
from masthead.store import Database


class Scene:
    """All of it. The authors' database is not behind a proxy."""

    def __init__(self, database: Database, url: str, folder: Path, seed: int, kind: Kind) -> None:
        self._desk = Desk.at(database)
        self._chance = random.Random(seed)
        self._is_over = False
        self._is_site = kind.startswith("site")
        self._shelf = Shelf()
        self.record = Record()
        self.troubles: Counter[str] = Counter()
        self.longest = 0.0
        self.members = [
            Member(number, url, folder / f"member-{number}.log", seed + number, kind)
            for number in range(2 if self._is_site else 3)
        ]

    async def play(self, seconds: float, is_enough: Callable[[], bool]) -> None:
        """Everybody at work for so long, and until that is enough; then what was begun is ended."""
        subject = await self._subject()
        authors = range(2 if self._is_site else 4)
        writers = [Writer(self._desk, self.record, self._shelf, subject) for _ in authors]
        made = [await each.begin() for each in writers]
        ports = [each.port for each in self.members]
        await asyncio.gather(
            *(each.start(asked) for each, asked in zip(self.members, [*ports[1:], ports[0]], strict=True))
        )
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch(seconds, is_enough))
                for writer, first in zip(writers, made, strict=True):
                    group.create_task(writer.work(first, self._chance, lambda: self._is_over))
                for member in self.members:
                    group.create_task(self._break(member))
                    for asker in await member.askers():
                        group.create_task(self._read(member, asker))
        finally:
            self.longest = max(each.longest for each in writers)
            await asyncio.gather(*(each.end() for each in self.members))

    async def _subject(self) -> Subject:
        """The shipped site lists posts, also those of a tag. It takes its time: where everything changes all
        the time nothing is ever answered from memory."""
        if not self._is_site:
            return Subject("Page", {"body": "Text.\n"}, 0.3)
        tag = await self._desk.public(await self._desk.one(Create("Tag", {"name": "All", "slug": "all"})))
        return Subject("Post", {"body": "Text.\n", "date": DATE, "tags": [str(tag.entry)]}, 1.2)

    async def _watch(self, seconds: float, is_enough: Callable[[], bool]) -> None:
        """A slow machine gets more time, up to a bound."""
        await asyncio.sleep(seconds)
        end = monotonic() + 120
        while not is_enough() and monotonic() < end:  # noqa: ASYNC110 - what is counted tells nobody
            await asyncio.sleep(0.2)
        self._is_over = True

    async def _read(self, member: Member, asker: Asker) -> None:
        try:
            while not self._is_over:
                await self._read_one(member, asker)
                # Readers that never rest would leave the others nothing of two processors.
                await asyncio.sleep(self._chance.uniform(0, 0.004))
        finally:
            await asker.close()

    async def _read_one(self, member: Member, asker: Asker) -> None:
        known = self._shelf.entries
        entries = self._chance.sample(known, len(known))
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
            kind = self._chance.choice(TROUBLES)
            self.troubles[kind] += 1
            await member.trouble(kind, self._chance.choice((0.1, 0.5, 1.2, 2.5)), self._chance)
