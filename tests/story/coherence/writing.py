"""Who writes: entries whose titles are numbers that rise. They are published, taken away and deleted."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

from tests.store.content.commands.desk import Desk
from tests.story.coherence.asking import Entry
from tests.story.coherence.record import Record

from masthead.content.commands import Archive, Bulk, Changed, Create, Delete, Unpublish


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written: entries of a type, and what they have beside a title and an address. An author rests
    for up to `pause` seconds."""

    type: str
    fields: Mapping[str, Any]
    pause: float


@dataclass(slots=True)
class Shelf:
    """The entries that are asked for: each author's own one, and for a while one that it has deleted."""

    entries: list[Entry] = field(default_factory=list)


class Writer:
    """The author of one entry after the other; versions go on from one to the next."""

    def __init__(self, desk: Desk, record: Record, shelf: Shelf, subject: Subject) -> None:
        self._desk = desk
        self._record = record
        self._shelf = shelf
        self._subject = subject
        self._version = 0
        self._entry: Entry | None = None
        self._former: Entry | None = None
        self.longest = 0.0
        """Seconds that somebody waited to be told that it is done."""

    async def begin(self) -> Changed:
        """An entry that is public before anybody asks for it."""
        fields = {**self._subject.fields, "slug": f"entry-{uuid4().hex}", "title": str(self._version)}
        made = await self._desk.public(await self._desk.one(Create(self._subject.type, fields)))
        row = await self._desk.row("live", made)
        assert row is not None
        self._record.acknowledge(made.entry, self._version)
        self._former, self._entry = self._entry, Entry(made.entry, str(row["path"]))
        self._shelf.entries = [*self._shelf.entries, self._entry]
        return made

    async def work(self, made: Changed, chance: random.Random, is_over: Callable[[], bool]) -> None:
        """Publish it again and again; every third time take it away, every sixth for good."""
        changed = made
        while not is_over():
            self._version += 1
            is_deleted = self._version % 6 == 0
            if self._version % 3:
                changed = await self._desk.save(changed, title=str(self._version))
            begun = monotonic()
            if is_deleted:
                await self._delete(changed)
            elif self._version % 3:
                changed = await self._desk.public(changed)
            else:
                self._record.withdraw(changed.entry, self._version)
                changed = await self._desk.one(Unpublish(changed.entry, changed.head))
            self._record.acknowledge(changed.entry, self._version, is_deleted=is_deleted)
            self.longest = max(self.longest, monotonic() - begun)
            if is_deleted:
                changed = await self.begin()
            elif self._version % 6 == 2:  # a while later
                self._shelf.entries = [each for each in self._shelf.entries if each != self._former]
            await asyncio.sleep(chance.uniform(0, self._subject.pause))

    async def _delete(self, changed: Changed) -> None:
        """What is public is gone at once: one transaction, one acknowledgement."""
        self._record.withdraw(changed.entry, self._version)
        away = (Archive(changed.entry, changed.head), Delete(changed.entry, changed.head))
        await self._desk.run(Bulk(away))
