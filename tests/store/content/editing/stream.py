"""Commands without end from processes that will be killed, and what must hold of what they said."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from uuid import UUID

from tests.store.content.editing.agreement import check_agreement
from tests.store.content.editing.laws import check_history
from tests.store.content.editing.mortal import Said, context, run_many
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.save_laws import check_save
from tests.store.content.editing.scene import Scene, look
from tests.store.content.editing.state_laws import check_projection, check_references
from tests.store.content.editing.step import require

from masthead.content.commands import Actor, Commands, Outcome, Save
from masthead.kernel import MastheadError
from masthead.store import Database


async def check_whole(database: Database) -> Scene:
    """Everything is as a whole number of commands leaves it."""
    scene = await look(database)
    check_history(scene, scene, set())
    check_references(scene)
    await check_projection(database)
    await check_agreement(database, scene)
    return scene


@dataclass(slots=True)
class Stream:
    """Listens to processes, and remembers what they have said."""

    url: str
    database: Database
    actors: Sequence[Actor]
    processes: list[tuple[BaseProcess, Connection]] = field(default_factory=list)
    done: list[Said] = field(default_factory=list)
    open: dict[str, Said] = field(default_factory=dict)
    deleted: set[UUID] = field(default_factory=set)
    acknowledged: int = 0

    def begin(self, count: int, seed: int) -> None:
        """Start so many."""
        for number in range(count):
            here, there = context().Pipe(duplex=False)
            process = context().Process(
                target=run_many, args=(self.url, seed + number, list(self.actors), there)
            )
            process.start()
            there.close()
            self.processes.append((process, here))

    async def hear(self, words: int) -> None:
        """Listen until they have said so much."""
        await asyncio.to_thread(self._hear, words)

    def _hear(self, words: int) -> None:
        heard = 0
        while heard < words:
            for ready in wait([here for _, here in self.processes]):
                self._note(ready.recv())  # type: ignore[union-attr]  # connections are all that we wait for
                heard += 1

    def kill(self) -> None:
        """At once, whatever they do."""
        for process, _ in self.processes:
            process.kill()
        self.end()

    def end(self) -> None:
        """Hear what they said last."""
        for process, here in self.processes:
            while True:
                try:
                    self._note(here.recv())
                except (EOFError, ConnectionResetError):
                    break
            process.join()
            here.close()
        self.processes.clear()

    def _note(self, said: Said) -> None:
        if said.outcome is None:
            # The one before was refused, or it would have been acknowledged.
            stem = said.key.partition(" ")[0]
            self.open = {key: each for key, each in self.open.items() if key.partition(" ")[0] != stem}
            self.open[said.key] = said
            return
        del self.open[said.key]
        self.done.append(said)
        self.acknowledged += 1

    async def check(self) -> None:
        """All that was acknowledged is there; what was not is done or not, and once when it is sent again."""
        scene = await check_whole(self.database)
        for each in self.done:
            assert each.outcome is not None
            self._check_acknowledged(scene, each, each.outcome)
        commands = Commands(self.database, MODEL)
        for each in self.open.values():
            await self._send_again(commands, each)
        self.open.clear()
        await check_whole(self.database)

    def _check_acknowledged(self, scene: Scene, said: Said, outcome: Outcome) -> None:
        for changed in outcome.entries:
            if changed.entry not in scene.entries:
                require(changed.entry in self.deleted or changed.state == "deleted", "nothing is lost", said)
                self.deleted.add(changed.entry)
                continue
            found = scene.revisions.get(changed.head)
            require(found is not None and found.number == changed.number, "nothing is lost", said, found)
            if isinstance(said.command, Save) and not outcome.detail.get("unchanged"):
                check_save(scene.history(changed.entry), said.command, changed, is_unchanged=False)

    async def _send_again(self, commands: Commands, said: Said) -> None:
        first = await self._send(commands, said)
        before = await look(self.database)
        second = await self._send(commands, said)
        after = await look(self.database)
        require(not after.changed_since(before), "a key is done once", said)
        if isinstance(first, Outcome):
            assert isinstance(second, Outcome)
            require(
                second.is_repeated and second.entries == first.entries, "a key is done once", first, second
            )

    async def _send(self, commands: Commands, said: Said) -> Outcome | str:
        try:
            return await commands.run(said.command, said.actor, key=said.key)
        except MastheadError as error:
            return error.code
