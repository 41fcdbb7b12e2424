"""Effects outside of PostgreSQL: at least once, in order, by one process at a time."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from tests.store.events.running import run_case, while_running
from tests.store.events.scenario import Load, written
from tests.store.events.witness import Verdict, judge

from masthead.events import Event, Relay, StoredEvent, read_events, record, run_handing_over
from masthead.kernel import utc_now
from masthead.store import Database


class Receiver:
    """Another system, which may fail before or after it has what it gets."""

    def __init__(
        self, fails_at: frozenset[int] = frozenset(), loses_at: frozenset[int] = frozenset()
    ) -> None:
        self.tags: list[str] = []
        self._calls = 0
        self._fails_at, self._loses_at = fails_at, loses_at
        self.at_once = 0
        self.most_at_once = 0

    async def take(self, events: Sequence[StoredEvent]) -> None:
        """Gets the events, and answers badly at some calls."""
        self._calls += bool(events)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self._calls in self._loses_at and events:
                raise OSError("the line was broken before")
            self.tags += [each.data["tag"] for each in events]
            if self._calls in self._fails_at:
                raise OSError("the line broke")
            await asyncio.sleep(0.001)
        finally:
            self.at_once -= 1


async def test_each_event_is_handed_over(database_url: str, database: Database) -> None:
    """By one of three processes at a time."""
    receiver = Receiver()
    works = [run_handing_over(database, "proof", receiver.take, size=20, poll=0.05) for _ in range(3)]

    async def is_done(wanted: int) -> bool:
        return len(receiver.tags) >= wanted

    await run_case(database_url, Relay(database).run(), *works, load=Load(), is_done=is_done)
    assert judge(await written(database_url), receiver.tags) == Verdict(0, 0, 0, 0)
    assert receiver.most_at_once == 1


async def test_what_failed_is_handed_over_again(database_url: str, database: Database) -> None:
    """From where it was: duplicates, and nothing lost or out of order."""
    receiver = Receiver(frozenset({2, 3, 5}))
    work = run_handing_over(database, "proof", receiver.take, size=20, poll=0.05)

    async def is_done(wanted: int) -> bool:
        return len(set(receiver.tags)) >= wanted

    await run_case(database_url, Relay(database).run(), work, load=Load(), is_done=is_done)
    found = judge(await written(database_url), receiver.tags)
    assert found.is_right
    assert found.duplicates > 0


async def test_one_that_moves_its_cursor_first_is_found_out(database_url: str, database: Database) -> None:
    """What failed does not come again: the witness can tell."""
    receiver, cursor = Receiver(loses_at=frozenset({2, 5})), 0

    async def hasty() -> None:
        nonlocal cursor
        while True:
            events = await read_events(database.drafts, cursor, 20)
            cursor += len(events)
            with suppress(OSError):
                await receiver.take(events)
            await asyncio.sleep(0.002)

    async def is_done(wanted: int) -> bool:
        return cursor >= wanted

    await run_case(database_url, Relay(database).run(), hasty(), load=Load(), is_done=is_done)
    assert judge(await written(database_url), receiver.tags).lost > 0


async def test_a_slow_receiver_keeps_its_turn(database: Database) -> None:
    """Longer than the server waits for a session that says nothing: it is handed over once."""
    seen: list[int] = []
    done = asyncio.Event()

    async def take(events: Sequence[StoredEvent]) -> None:
        seen.extend(each.position for each in events)
        await asyncio.sleep(3.5)
        done.set()

    async def until() -> None:
        async with database.transaction() as transaction:
            await record(transaction, [Event("content.entry.saved.v1")], [], utc_now())
        await done.wait()
        while (await database.drafts.fetch("SELECT position FROM masthead.consumer"))[0]["position"] != 1:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    works = [run_handing_over(database, "proof", take, poll=0.05) for _ in range(2)]
    await while_running(Relay(database).run(), *works, until=until)
    assert seen == [1]
