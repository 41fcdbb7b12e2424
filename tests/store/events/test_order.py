"""Nothing is lost and nothing overtakes: the measured case, with an oracle, and with readers that fail it."""

from functools import partial

from tests.store.events.running import HANDLED, Subscriber, handled, has_all, keep, run_case
from tests.store.events.scenario import Load, written
from tests.store.events.witness import Verdict, judge
from tests.store.events.wrong_readers import ByClock, BySequence, keep_looking

from masthead.events import EventFeed, Relay, run_consumer
from masthead.store import Database

LOAD = Load()


async def test_a_follower_sees_each_event_once_and_in_order(database_url: str, database: Database) -> None:
    """Lost 0, inverted 0, no duplicates; positions have no gaps."""
    subscriber, feed = Subscriber(), EventFeed(database, poll=0.05)
    works = (Relay(database).run(), feed.run(), subscriber.follow(feed))

    async def is_done(wanted: int) -> bool:
        return len(subscriber.positions) >= wanted

    await run_case(database_url, *works, load=LOAD, is_done=is_done)
    assert judge(await written(database_url), subscriber.tags) == Verdict(0, 0, 0, 0)
    assert subscriber.positions == list(range(1, len(subscriber.tags) + 1))


async def test_a_consumer_handles_each_event_once_and_in_order(database_url: str, database: Database) -> None:
    """Three of one name at the same time: what they write is there once."""
    async with database.transaction() as transaction:
        await transaction.execute(HANDLED)
    works = [run_consumer(database, "proof", keep, size=20, poll=0.05) for _ in range(3)]

    async def is_done(wanted: int) -> bool:
        return len(await handled(database)) >= wanted

    await run_case(database_url, Relay(database).run(), *works, load=LOAD, is_done=is_done)
    assert judge(await written(database_url), await handled(database)) == Verdict(0, 0, 0, 0)


async def test_two_relays_give_positions_as_one(database_url: str, database: Database) -> None:
    """The second waits for its turn."""
    subscriber, feed = Subscriber(), EventFeed(database, poll=0.05)
    relays = [Relay(database, patience=0.01) for _ in range(2)]
    works = (feed.run(), subscriber.follow(feed), *(each.run() for each in relays))

    async def is_done(wanted: int) -> bool:
        return len(subscriber.positions) >= wanted

    await run_case(database_url, *works, load=LOAD, is_done=is_done)
    assert judge(await written(database_url), subscriber.tags) == Verdict(0, 0, 0, 0)


async def test_a_cursor_over_numbers_is_found_out(database_url: str, database: Database) -> None:
    """What commits late is lost: the witness can tell."""
    reader = BySequence(database)
    works = (Relay(database).run(), keep_looking(reader))
    await run_case(database_url, *works, load=LOAD, is_done=partial(has_all, database))
    await reader.look()
    assert judge(await written(database_url), reader.tags).lost > 0


async def test_an_order_by_clocks_is_found_out(database_url: str, database: Database) -> None:
    """Nothing is lost, and later events come first: the witness can tell."""
    reader = ByClock(database)
    works = (Relay(database).run(), keep_looking(reader, every=0.2))
    await run_case(database_url, *works, load=LOAD, is_done=partial(has_all, database))
    await reader.look()
    found = judge(await written(database_url), reader.tags)
    assert found.lost == 0
    assert found.inverted > 0
