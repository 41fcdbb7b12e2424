"""Many editors at once on few entries, each on whatever base it read last; and the proof that no word that
any of them was told is saved has been lost."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any
from uuid import UUID

from tests.store.content.editing.doors import ByCommand, Door, Known, somebody
from tests.store.content.editing.laws import check_history
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.save_laws import check_conflict, check_told, check_words
from tests.store.content.editing.scene import Revision, look
from tests.store.content.editing.state_laws import check_projection
from tests.store.content.editing.step import require

from masthead.content.commands import Changed, Commands, Create, Save, SaveConflictError
from masthead.store import Database

LINES, LABELS, NOTES = 40, 10, 5


@dataclass(slots=True)
class Crowd:
    """So many editors, who come through one door. `saved` are the acknowledged saves, `seconds` how long
    each took; `needless` are those that somebody else had made already: both took the same line out."""

    database: Database
    door: Door
    entries: list[UUID]
    heads: dict[UUID, Known]
    saved: list[tuple[Save, Changed]] = field(default_factory=list)
    needless: list[tuple[Save, Changed]] = field(default_factory=list)
    conflicts: list[tuple[Save, SaveConflictError]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)

    @staticmethod
    async def at(database: Database, entries: int, door: Door | None = None) -> "Crowd":
        """A crowd at so many new stories; by default it gives commands."""
        commands, heads = Commands(database, MODEL), {}
        for number in range(entries):
            fields = _story(number)
            made = (await commands.run(Create("Story", fields), somebody())).entries[0]
            heads[made.entry] = Known(made.head, fields)
        return Crowd(database, door or ByCommand.of(database), list(heads), heads)

    async def work(self, editors: int, is_over: Callable[[], bool], think: float = 0) -> None:
        """All of them save, again and again, with `think` seconds in between on average."""
        await asyncio.gather(*(self._edit(number, is_over, think) for number in range(editors)))

    async def _edit(self, number: int, is_over: Callable[[], bool], think: float) -> None:
        chance, words = random.Random(number), count(1)

        def word() -> str:
            return f"e{number}x{next(words)}q"

        while not is_over():
            entry = chance.choice(self.entries)
            seen = self.heads[entry]  # and others save meanwhile
            await asyncio.sleep(chance.uniform(0, 2 * think))
            name = chance.choice(("body",) * 6 + ("labels", "notes", "notes", "summary"))
            save = Save(entry, seen.revision, {name: EDITS[name](chance, word, seen.fields[name])})
            began = perf_counter()
            try:
                saved = await self.door.save(number, save)
            except SaveConflictError as conflict:
                self.conflicts.append((save, conflict))
                self.heads[entry] = await self.door.read(number, entry)
                continue
            self.seconds.append(perf_counter() - began)
            self.changed[name] += 1
            (self.needless if saved.is_unchanged else self.saved).append((save, saved.changed))
            self.heads[entry] = await self.door.read(number, entry)

    async def check(self) -> None:
        """No word is lost, in no revision of any entry; and the tables are what the revisions say."""
        scene = await look(self.database)
        check_history(scene, scene, set())
        histories: dict[UUID, list[Revision]] = {each: scene.history(each) for each in self.entries}
        for save, changed in self.saved:
            check_words(histories[save.entry], save, changed, is_unchanged=False)
        for save, changed in self.needless:
            check_words(histories[save.entry], save, changed, is_unchanged=True)
        for save, changed in self.saved:
            check_told(histories[save.entry], save, changed)
        for save, conflict in self.conflicts:
            check_conflict(scene, save, conflict)
        made = sum(map(len, histories.values())) - len(self.entries)
        require(made == len(self.saved), "one revision for each acknowledged save", made, len(self.saved))
        await check_projection(self.database)


def _story(number: int) -> dict[str, Any]:
    return {
        "title": f"t{number}q",
        "summary": f"s{number}q",
        "labels": [f"l{number}x{each}q" for each in range(LABELS)],
        "body": "".join(f"b{number}x{each}q text of a line\n\n" for each in range(LINES)),
        "notes": [
            {"type": "Note", "text": "".join(f"n{number}x{each}x{line}q text\n\n" for line in range(4))}
            for each in range(NOTES)
        ],
    }


Word = Callable[[], str]


def _lines(chance: random.Random, word: Word, text: str) -> str:
    """A line put in, or written anew; now and then one is taken out. Texts keep their length."""
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    if len(lines) > 2 * LINES:
        return "".join([*lines[:place], *lines[place + 2 :]])
    if chance.random() < 0.5:
        return "".join([*lines[:place], f"{word()} new\n", "\n", *lines[place:]])
    return "".join([*lines[:place], f"{word()} anew\n", *lines[place + 1 :]])


def _items(chance: random.Random, word: Word, items: list[Any]) -> list[Any]:
    place = chance.randrange(len(items) + 1)
    if len(items) > LABELS:
        return items[:place] + items[place + 1 :]
    return [*items[:place], word(), *items[place:]]


def _notes(chance: random.Random, word: Word, notes: list[Any]) -> list[Any]:
    place = chance.randrange(len(notes))
    note = {**notes[place], "text": _lines(chance, word, notes[place]["text"])}
    return [*notes[:place], note, *notes[place + 1 :]]


EDITS: dict[str, Callable[[random.Random, Word, Any], Any]] = {
    "body": _lines,
    "labels": _items,
    "notes": _notes,
    "summary": lambda _, word, __: word(),
}
