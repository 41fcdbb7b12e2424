"""The state machine: Hypothesis thinks of what many editors, programs, schedules and imports do."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.store.content.editing.newsroom import Doing, Newsroom
from tests.store.content.editing.posts import names
from tests.store.content.editing.proposals import KINDS, OFTEN, Editor

from masthead.store import Database

SEEDS = st.integers(0, 2**20)
KIND = st.sampled_from([*OFTEN, *KINDS])
SEVERAL = st.lists(st.sampled_from(["save", "save", "save", "publish", "create"]), min_size=2, max_size=4)
WHO = st.sampled_from([0, 1, 2, 3, 4, 5, 1, 2, 6])
"""Somebody from the street comes rarely."""


class Editing(RuleBasedStateMachine):
    """One example: an empty publication, and what is done to it."""

    database: ClassVar[Database]
    runner: ClassVar[asyncio.Runner]
    folder: ClassVar[Path]
    doing: ClassVar[type[Doing]] = Doing

    def __init__(self) -> None:
        super().__init__()
        self.newsroom: Newsroom = self.runner.run(Newsroom.open(self.database, self.doing, self.folder))
        self.words = iter(range(1, 10**6))

    def editor(self, seed: int) -> Editor:
        """Somebody who thinks of something."""
        return Editor(random.Random(seed), self.newsroom.scene, self.newsroom.now, numbers=self.words)

    @initialize(seeds=st.lists(SEEDS, min_size=2, max_size=5))
    def some_are_there(self, seeds: list[int]) -> None:
        """A few entries to begin with."""
        for seed in seeds:
            command = self.editor(seed).propose("create")
            self.runner.run(self.newsroom.give(command, self.newsroom.people[1 + seed % 5]))

    @rule(kind=KIND, seed=SEEDS, who=WHO)
    def somebody_does_something(self, kind: str, seed: int, who: int) -> None:
        """By hand, without a key."""
        command = self.editor(seed).propose(kind)
        self.runner.run(self.newsroom.give(command, self.newsroom.people[who]))

    @rule(kind=KIND, seed=SEEDS)
    def a_program_does_something(self, kind: str, seed: int) -> None:
        """With a key."""
        command = self.editor(seed).propose(kind)
        self.runner.run(
            self.newsroom.give(command, self.newsroom.people[5], f"key {seed} {next(self.words)}")
        )

    @precondition(lambda self: self.newsroom.sent)
    @rule(which=st.integers(0, 100))
    def a_program_repeats_itself(self, which: int) -> None:
        """It has not heard the answer."""
        sent = self.newsroom.sent
        self.runner.run(self.newsroom.repeat(sent[which % len(sent)]))

    @rule(kinds=SEVERAL, seed=SEEDS)
    def several_do_something_at_once(self, kinds: list[str], seed: int) -> None:
        """Saves mostly, often of the same entry."""
        editor, people = self.editor(seed), self.newsroom.people
        given = [(editor.propose(kind), people[index % 3]) for index, kind in enumerate(kinds)]
        self.runner.run(self.newsroom.race(given))

    @rule(seconds=st.integers(0, 60))
    def time_passes(self, seconds: int) -> None:
        """And what is due is done."""
        self.runner.run(self.newsroom.pass_time(seconds))

    @rule(version=st.integers(0, 3), seed=SEEDS)
    def a_folder_is_imported(self, version: int, seed: int) -> None:
        """Its files are those of a version, and often name what is not public."""
        named = names(self.newsroom.scene, random.Random(seed))
        self.runner.run(self.newsroom.bring_in(version, *named))

    def teardown(self) -> None:
        """Everything, once more."""
        self.runner.run(self.newsroom.check_all())


def machine(
    runner: asyncio.Runner, database: Database, folder: Path, doing: type[Doing]
) -> Callable[[], Any]:
    """The machine over one database."""
    made = type("Editing", (Editing,), {})
    made.runner, made.database, made.folder, made.doing = runner, database, folder, doing  # type: ignore[attr-defined]  # class variables
    return made
