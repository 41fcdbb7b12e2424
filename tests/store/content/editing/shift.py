"""A shift at the newsroom: what the state machine does, from a seed alone, for processes that are killed and
for broken ways of doing commands that are to be found out."""

import random
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.store.content.editing.newsroom import Newsroom
from tests.store.content.editing.posts import names
from tests.store.content.editing.proposals import KINDS, OFTEN, Editor

_RACES = ("save", "save", "save", "publish", "create")


@dataclass(slots=True)
class Shift:
    """Any number of steps, each at random."""

    newsroom: Newsroom
    chance: random.Random
    words: Any = field(default_factory=lambda: count(1))

    def editor(self) -> Editor:
        """Somebody who thinks of something."""
        newsroom = self.newsroom
        return Editor(random.Random(self.chance.random()), newsroom.scene, newsroom.now, numbers=self.words)

    async def work(self, steps: int) -> None:
        """So many steps, the first few of which make something to work at; then everything is checked."""
        for number in range(steps):
            if number < 4:
                await self.newsroom.give(self.editor().propose("create"), self.newsroom.people[1])
            else:
                await self.step()
        await self.newsroom.check_all()

    async def step(self) -> None:
        """One of what may happen."""
        newsroom, chance = self.newsroom, self.chance
        what = chance.random()
        if what < 0.75:
            await self._give()
        elif what < 0.8 and newsroom.sent:
            await newsroom.repeat(chance.choice(newsroom.sent))
        elif what < 0.88:
            editor = self.editor()
            given = [(editor.propose(chance.choice(_RACES)), each) for each in newsroom.people[:3]]
            await newsroom.race(given)
        elif what < 0.96:
            await newsroom.pass_time(chance.randint(0, 60))
        else:
            await newsroom.bring_in(chance.randint(0, 3), *names(newsroom.scene, chance))

    async def _give(self) -> None:
        command = self.editor().propose(self.chance.choice([*OFTEN, *KINDS]))
        who = self.chance.choice([0, 1, 2, 3, 4, 5, 1, 2, 6])
        key = f"key {next(self.words)}" if who == 5 else None
        await self.newsroom.give(command, self.newsroom.people[who], key)
