"""Processes that die: what they run, from a server that forks them, so that each begins in milliseconds."""

import asyncio
import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

from tests.store.content.editing.proposals import OFTEN, Editor
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.scene import look

from masthead.content.commands import Actor, Command, Commands, Outcome
from masthead.kernel import MastheadError, UnavailableError, utc_now
from masthead.store import measured, open_database

AFTER_ALL = 0
"""Dies after the commit, before anybody hears of it."""


def context() -> ForkServerContext:
    """Processes that are forked from one which has imported everything and runs nothing."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload([__name__])
    return made


class _Fatal(list[str]):
    """The statements of a command, as they end; the process dies after a certain one."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._last = last

    def append(self, statement: str) -> None:
        super().append(statement)
        if len(self) == self._last:
            die()


def die() -> None:
    """At once: no handler runs, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)


def run_one(url: str, command: Command, actor: Actor, key: str, last: int) -> None:
    """Give one command, and die after its statement number `last`. Ends well where it has fewer."""
    asyncio.run(_run_one(url, command, actor, key, last))


async def _run_one(url: str, command: Command, actor: Actor, key: str, last: int) -> None:
    async with open_database(url, size=2) as database, measured(has_texts=True) as spent:
        spent.texts = _Fatal(last)
        await Commands(database, MODEL).run(command, actor, key=key)
        if last == AFTER_ALL:
            die()


@dataclass(frozen=True, slots=True)
class Said:
    """What a process says before it gives a command (`outcome` None), and when it was done."""

    key: str
    command: Command
    actor: Actor
    outcome: Outcome | None = None


def run_many(url: str, seed: int, actors: list[Actor], said: Connection) -> None:
    """Give commands without end, each with a key, and say so before and after."""
    asyncio.run(_run_many(url, seed, actors, said))


async def _run_many(url: str, seed: int, actors: list[Actor], said: Connection) -> None:
    chance, words = random.Random(seed), count(1)
    async with open_database(url, size=2) as database:
        commands = Commands(database, MODEL)
        for number in _forever():
            try:
                editor = Editor(chance, await look(database), utc_now(), f"p{seed}x", words)
                command, actor = editor.propose(chance.choice(OFTEN)), chance.choice(actors)
                key = f"{seed} {number}"
                said.send(Said(key, command, actor))
                said.send(Said(key, command, actor, await commands.run(command, actor, key=key)))
            except UnavailableError:
                return  # the database is gone: whoever gave the last command does not know what became of it
            except MastheadError:
                pass
            except OSError:
                return


def _forever() -> Iterator[int]:
    return count()
