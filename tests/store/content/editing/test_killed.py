"""Processes are killed (SIGKILL) at every statement of every command, and at any moment. Nothing that was
acknowledged is lost, nothing is half applied, and a key that is sent again has one effect.
MASTHEAD_TORTURE=1 kills at all statements, and many more times."""

import asyncio
import os
import random
import signal
from dataclasses import replace

import pytest
from tests.store.content.editing.desk import PREPARED, Desk
from tests.store.content.editing.laws import check_step
from tests.store.content.editing.mortal import AFTER_ALL, context, run_one
from tests.store.content.editing.newsroom import people
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.scene import look
from tests.store.content.editing.step import Step, new_lines
from tests.store.content.editing.stream import Stream, check_whole

from masthead.content.commands import Actor, Command
from masthead.store import apply_model, open_database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
KILLS = 25 if IS_TORTURE else 3
MOST = 120
"""Words that two processes say before they are killed: two for each command that is done."""


async def is_killed(url: str, command: Command, actor: Actor, last: int) -> bool:
    """Give the command in a process that dies after its statement `last`; whether it came to that."""
    process = context().Process(target=run_one, args=(url, command, actor, "key", last))
    process.start()
    await asyncio.to_thread(process.join)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def boundaries(kind: str) -> list[int]:
    """After which statements to die: after each, or after one of the first eight and when all is done."""
    if IS_TORTURE:
        return list(range(1, 100))
    return [random.Random(kind).randint(1, 8), AFTER_ALL]


@pytest.mark.parametrize("kind", PREPARED)
async def test_killed_at_a_statement_a_command_has_done_nothing(empty_database_url: str, kind: str) -> None:
    """Before the commit nothing is there, not even in the log; behind it everything is. The key that is sent
    again gives what came of it, once."""
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        desk = Desk(database)
        command = await PREPARED[kind](desk)
        before = after = await check_whole(database)
        for last in boundaries(kind):
            is_over = not await is_killed(empty_database_url, command, desk.editor, last) or last == AFTER_ALL
            after = await look(database)
            if is_over:
                break
            assert after.changed_since(before) == []
            assert new_lines(before, after) == ()
        outcome = await desk.commands.run(command, desk.editor, key="key")
        assert outcome.is_repeated
        assert (await look(database)).changed_since(after) == []
        check_step(Step(command, desk.editor, before, after, replace(outcome, is_repeated=False), None))
        await check_whole(database)


async def test_killed_at_any_moment_nothing_acknowledged_is_lost(empty_database_url: str) -> None:
    """Two processes give commands without end, and both are killed."""
    seed = int(os.environ.get("MASTHEAD_SEED", random.randrange(2**32)))
    print(f"MASTHEAD_SEED={seed}")  # noqa: T201 - shown with a failure, to repeat it
    chance = random.Random(seed)
    async with open_database(empty_database_url, size=4) as database:
        await apply_model(database, MODEL)
        stream = Stream(empty_database_url, database, people()[:3])
        for number in range(KILLS):
            stream.begin(2, seed + 2 * number)
            await stream.hear(chance.randint(1, MOST))
            stream.kill()
            await stream.check()
        assert stream.acknowledged > KILLS
