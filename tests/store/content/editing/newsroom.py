"""One publication with everybody who works at it, a clock that is set by hand, and somebody who watches."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tests.store.content.editing.anonymous import Anonymous
from tests.store.content.editing.laws import check_history, check_step
from tests.store.content.editing.posts import posts
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.save_laws import check_save
from tests.store.content.editing.scene import Scene, look
from tests.store.content.editing.state_laws import (
    Memory,
    check_anonymous,
    check_projection,
    check_references,
)
from tests.store.content.editing.step import Step, new_lines, require
from tests.store.content.editing.watch import Watch
from tests.store.content.folders import bring_in, write
from tests.store.content.scheduling.clockwork import Hands

from masthead.access import ANONYMOUS, AUTHOR, EDITOR, OWNER, Viewer
from masthead.content.commands import Actor, Command, Commands, Outcome, Save
from masthead.content.scheduling import Ran, Scheduler
from masthead.kernel import MastheadError, new_id
from masthead.query import RowReader
from masthead.store import Database

_WIPE = "TRUNCATE masthead.entry, live._route, masthead.release, masthead.idempotency, masthead.event CASCADE"


class Doing:
    """How commands are done: the real thing. Broken ones take its place to prove that they are found out."""

    def __init__(self, database: Database, clock: Hands) -> None:
        self.database = database
        self.commands = Commands(database, MODEL, clock=clock)
        self.scheduler = Scheduler(database, self.commands, clock)

    @property
    def public(self) -> RowReader:
        """What those read by who are not signed in."""
        return self.database.public

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        """Give a command."""
        return await self.commands.run(command, actor, key=key)

    async def run_due(self) -> Sequence[Ran]:
        """Do what is due."""
        return await self.scheduler.run_due()

    async def bring_in(self, folder: Path) -> None:
        """Import a folder."""
        await bring_in(self.database, folder, MODEL)


def people() -> list[Actor]:
    """An owner, two editors, two authors, a program of an editor's, and somebody from the street."""
    editor = new_id()
    viewers = [
        Viewer(new_id(), frozenset({OWNER})),
        Viewer(editor, frozenset({EDITOR})),
        Viewer(new_id(), frozenset({EDITOR})),
        Viewer(new_id(), frozenset({AUTHOR})),
        Viewer(new_id(), frozenset({AUTHOR})),
        Viewer(editor, frozenset({EDITOR}), scopes=None, token=new_id()),
        ANONYMOUS,
    ]
    return [Actor.of(each, "studio" if index == 1 else "api") for index, each in enumerate(viewers)]


@dataclass(slots=True)
class Sent:
    """A command that a program has sent with a key, and what came of it."""

    command: Command
    actor: Actor
    key: str
    outcome: Outcome


@dataclass(slots=True)
class Newsroom:
    """Gives commands and checks every law of each."""

    database: Database
    doing: Doing
    clock: Hands
    folder: Path
    anonymous: Anonymous
    scene: Scene
    watch: Watch
    since: UUID | None
    people: list[Actor] = field(default_factory=people)
    memory: Memory = field(default_factory=Memory)
    sent: list[Sent] = field(default_factory=list)
    steps: int = 0

    @staticmethod
    async def open(database: Database, doing: type[Doing], folder: Path) -> "Newsroom":
        """An empty publication. The log of what was before is not looked at."""
        async with database.transaction() as transaction:
            await transaction.execute(_WIPE)
            since = await transaction.fetch_value("SELECT id FROM masthead.audit ORDER BY id DESC LIMIT 1")
        clock = Hands()
        scene = await look(database, since)
        hands = doing(database, clock)
        watch = await Watch.begin(database)
        return Newsroom(database, hands, clock, folder, Anonymous.of(hands.public), scene, watch, since)

    @property
    def now(self) -> datetime:
        """By the clock on the wall."""
        return self.clock.now

    async def give(self, command: Command, actor: Actor, key: str | None = None) -> None:
        """One command, and what must hold of it."""
        before = self.scene
        outcome, error = await self._run(command, actor, key)
        await self._look()
        check_step(Step(command, actor, before, self.scene, outcome, error))
        if key is not None and outcome is not None and not outcome.is_repeated:
            self.sent.append(Sent(command, actor, key, outcome))
        await self.check()

    async def repeat(self, sent: Sent) -> None:
        """The same command with the same key: what came of it then, and nothing else."""
        before = self.scene
        outcome, error = await self._run(sent.command, sent.actor, sent.key)
        await self._look()
        require(error is None, "a key gives the outcome again", error)
        assert outcome is not None
        require(outcome.is_repeated, "a key is done once", sent.command)
        require(outcome.entries == sent.outcome.entries, "a key gives the outcome again", outcome, sent)
        check_step(Step(sent.command, sent.actor, before, self.scene, outcome, None))

    async def race(self, given: Sequence[tuple[Command, Actor]]) -> None:
        """All at once."""
        before = self.scene
        running = [asyncio.ensure_future(self._run(command, actor, None)) for command, actor in given]
        # Where one fails, the others end too: they would write into what comes next.
        await asyncio.wait(running)
        came = [each.result() for each in running]
        await self._look()
        gone = {
            each.entry
            for outcome, _ in came
            if outcome
            for each in outcome.entries
            if each.state == "deleted"
        }
        check_history(before, self.scene, gone)
        for (command, _), (outcome, _) in zip(given, came, strict=True):
            if isinstance(command, Save) and outcome is not None and command.entry not in gone:
                history = self.scene.history(command.entry)
                is_unchanged = "unchanged" in outcome.detail
                if not is_unchanged:
                    check_save(history, command, outcome.entries[0], is_unchanged=False)
        known = [actor for _, actor in given if not actor.viewer.is_anonymous]
        lines = new_lines(before, self.scene)
        require(len(lines) >= len(known), "every command is in the log", lines)
        await self.check()

    async def pass_time(self, seconds: float) -> None:
        """What is due is done, in the name of who planned it."""
        before = self.scene
        self.clock.forward(seconds)
        ran = await self.doing.run_due()
        await self._look()
        self.memory.note_ran(ran)
        due = {
            key for key, each in before.schedules.items() if each.state == "pending" and each.due <= self.now
        }
        left = {key for key in due if (row := self.scene.schedules.get(key)) and row.state == "pending"}
        require(not left, "what is due is done", left)
        check_history(before, self.scene, set())
        await self.check()

    async def bring_in(self, version: int, author: str = "Ada", *tags: str) -> None:
        """A folder is imported, whose posts are of that author and have these tags too; what people have
        edited since is left alone."""
        before = self.scene
        await self.doing.bring_in(write(self.folder, posts(version, author, tags)))
        await self._look()
        check_history(before, self.scene, set())
        for entry in before.entries.values():
            if before.head(entry.id).source != "import":
                found = self.scene.entries[entry.id]
                require(found.head == entry.head, "an import overwrites no edit", entry, found)
        await self.check()

    async def check(self) -> None:
        """What must hold now; what takes long, now and then."""
        self.memory.note(self.scene)
        check_references(self.scene)
        self.memory.check_redirects(self.scene)
        self.memory.check_schedules(self.scene)
        await self.watch.check(self.database)
        self.steps += 1
        if self.steps % 5 == 0:
            await check_projection(self.database)

    async def check_all(self) -> None:
        """What must hold in the end."""
        await check_projection(self.database)
        await check_anonymous(self.anonymous, self.scene)

    async def _look(self) -> None:
        self.scene = await look(self.database, self.since)

    async def _run(
        self, command: Command, actor: Actor, key: str | None
    ) -> tuple[Outcome | None, MastheadError | None]:
        try:
            return await self.doing.run(command, actor, key), None
        except MastheadError as error:
            return None, error
