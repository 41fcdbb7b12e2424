"""Each schedule is done once: by however many workers, and however often they are killed."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.store.content.commands.desk import MODEL
from tests.store.content.scheduling.clockwork import Clockwork

from masthead.content.commands import CommandRefusedError, Commands, Unschedule
from masthead.content.scheduling import Scheduler
from masthead.store import open_database

PUBLISHED = "SELECT entry_id FROM masthead.event WHERE type = 'content.entry.published.v1'"


async def test_two_workers_do_each_of_fifty_once(clockwork: Clockwork, database_url: str) -> None:
    """And both have something to do."""
    pages = [await clockwork.desk.page(f"Page {number}") for number in range(50)]
    keys = {await clockwork.schedule(each) for each in pages}
    hour = clockwork.clock.forward(3600)
    async with open_database(database_url, size=2) as one, open_database(database_url, size=2) as two:
        workers = [Scheduler(each, Commands(each, MODEL, clock=lambda: hour)) for each in (one, two)]
        ran = await asyncio.gather(*(each.run_due(hour) for each in workers))
    assert all(ran), "one worker did everything"
    assert Counter(each.schedule for both in ran for each in both) == Counter(dict.fromkeys(keys, 1))
    rows = await clockwork.desk.rows(PUBLISHED)
    assert Counter(row["entry_id"] for row in rows) == Counter(
        dict.fromkeys((each.entry for each in pages), 1)
    )


async def test_what_is_taken_back_while_it_is_due_is_done_or_taken_back(
    clockwork: Clockwork, database_url: str
) -> None:
    """Never both, and nobody waits for the other in a circle."""
    pages = [await clockwork.desk.page(f"Page {number}") for number in range(20)]
    keys = [await clockwork.schedule(each) for each in pages]
    hour = clockwork.clock.forward(3600)

    async def take_back() -> set[object]:
        taken: set[object] = set()
        for key in reversed(keys):
            with suppress(CommandRefusedError):  # it was done already
                await clockwork.desk.run(Unschedule(key))
                taken.add(key)
        return taken

    async with open_database(database_url, size=2) as other:
        scheduler = Scheduler(other, Commands(other, MODEL, clock=lambda: hour))
        ran, taken = await asyncio.gather(scheduler.run_due(hour), take_back())
    done = {each.schedule for each in ran}
    assert done.isdisjoint(taken)
    assert done | taken == set(keys)
    rows = await clockwork.desk.rows(PUBLISHED)
    assert len(rows) == len(done)


@pytest.fixture
def mortal(database_url: str) -> Iterator["subprocess.Popen[str]"]:
    """Runs what is due until the statement that it is told."""
    command = [sys.executable, "-m", "tests.store.content.scheduling.mortal", database_url]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


async def test_a_worker_that_is_killed_leaves_nothing_half_done(
    clockwork: Clockwork, mortal: "subprocess.Popen[str]"
) -> None:
    """SIGKILL before every statement in turn: each time it is pending as before; in the end done, once."""
    desk = clockwork.desk
    author = await desk.public(await desk.author_entry())
    post = await desk.post("Hello", authors=[str(author.entry)], body="[Ada](/authors/ada)\n")
    key = await clockwork.schedule(post)
    kills = 0
    while await _killed_at(mortal, kills + 1):
        kills += 1
        assert await clockwork.state(key) == "pending"
        assert await desk.row("live", post) is None
        assert (await desk.events(post.entry)) == ["created", "scheduled"]
    assert kills > 10, "it was hardly killed"
    row = await clockwork.row(key)
    assert (row["state"], row["is_late"]) == ("done", True)
    assert (await desk.events(post.entry)) == ["created", "scheduled", "published"]


async def test_a_worker_that_is_killed_while_it_notes_a_failure_notes_it_once(
    clockwork: Clockwork, mortal: "subprocess.Popen[str]"
) -> None:
    """One line in the audit log, one event."""
    desk = clockwork.desk
    half = await desk.post("Half", body=None)
    key = await clockwork.schedule(half)
    kills = 0
    while await _killed_at(mortal, kills + 1):
        kills += 1
        assert await clockwork.state(key) == "pending"
    assert kills > 5
    assert await clockwork.state(key) == "failed"
    assert (await desk.events()).count("content.schedule.failed") == 1
    assert [code for _, _, code in await desk.audit()].count("field-missing") == 1


async def _killed_at(mortal: "subprocess.Popen[str]", statement: int) -> bool:
    """Let it run until that statement; whether it had so many."""
    assert mortal.stdin is not None
    assert mortal.stdout is not None
    mortal.stdin.write(f"{statement}\n")
    mortal.stdin.flush()
    answer = (await asyncio.to_thread(mortal.stdout.readline)).strip()
    assert answer in ("killed", "done"), answer
    return answer == "killed"
