"""How long a session lasts, from signing in on."""

from datetime import timedelta

from tests.store.people.people_rows import PASSWORD, Clock, join

from masthead.people import Client, Known, Passwords, People, Rules
from masthead.store import Database

HOME = Client(address="192.0.2.1", agent="curl")


async def test_a_session_that_is_used_all_the_time_ends(database: Database, clock: Clock) -> None:
    """After the time that the rules set at signing in, however often it is used."""
    rules = Rules(idle=timedelta(hours=1), absolute=timedelta(hours=8))
    people = People(database, ("Post",), rules, passwords=Passwords(threads=1), clock=clock)
    try:
        await join(people)
        secret = (await people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known())).session.secret
        for _ in range(15):
            clock.pass_by(minutes=30)
            assert await people.identity.of_session(secret) is not None
        clock.pass_by(minutes=31)
        assert await people.identity.of_session(secret) is None
    finally:
        people.close()
