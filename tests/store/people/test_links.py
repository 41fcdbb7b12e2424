"""One-time links: for one purpose, once, for a while, whoever tries at the same moment."""

import asyncio
from datetime import timedelta

import pytest
from tests.store.people.people_rows import PASSWORD, Clock, audited, join, value

from masthead.access import OWNER
from masthead.kernel import InputError, MastheadError, NotFoundError
from masthead.people import Client, Entrance, Filled, Known, Passwords, People
from masthead.store import Database

OWNERS = Filled(PASSWORD, "Ada", "ada@example.org")


async def use(people: People, secret: str, filled: Filled = OWNERS) -> Entrance:
    """Use a link, from anywhere."""
    return await people.links.use(secret, filled, Client(address="192.0.2.1"), Known())


async def refused(people: People, secret: str, filled: Filled = OWNERS) -> str:
    """The code of the error that using it raises."""
    with pytest.raises(MastheadError) as error:
        await use(people, secret, filled)
    return error.value.code


async def owner_secret(people: People) -> str:
    """What a start prints."""
    secret = await people.links.for_owner()
    assert secret is not None
    return secret


async def test_five_who_open_the_owners_link_make_one_owner(people: People, database: Database) -> None:
    """The others are told that it was used."""
    secret = await owner_secret(people)
    tries = (use(people, secret, Filled(PASSWORD, "Ada", f"ada{each}@example.org")) for each in range(5))
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Entrance) for each in found) == 1
    assert {each.code for each in found if isinstance(each, NotFoundError)} == {"link-invalid"}
    assert await value(database, "SELECT count(*) FROM masthead.account") == 1
    assert await value(database, "SELECT count(*) FROM masthead.session") == 1


async def test_five_who_open_an_invitation_are_one(people: People, database: Database) -> None:
    """The password is the first one's; the others are not let in."""
    account, secret = await people.joining.invite("bob@example.org", "Bob", [], Client())
    tries = (use(people, secret, Filled(f"vessel quartz lantern {each}")) for each in range(5))
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Entrance) for each in found) == 1
    assert {each.code for each in found if isinstance(each, NotFoundError)} == {"link-invalid"}
    assert len(await people.sessions.of(account.id)) == 1


async def test_two_starts_print_two_links_and_one_works(people: People) -> None:
    """The newer one. Once there is an account, there is no link."""
    first, second = await owner_secret(people), await owner_secret(people)
    assert await refused(people, first) == "link-invalid"
    entrance = await use(people, second)
    account = await people.accounts.get(entrance.session.account)
    assert account.roles == (OWNER,)
    assert await people.links.for_owner() is None


async def test_the_owners_link_is_over_when_somebody_else_came(people: People) -> None:
    """An account was made on the command line meanwhile."""
    secret = await owner_secret(people)
    await join(people, "bob@example.org", "editor")
    assert await refused(people, secret) == "link-invalid"


async def test_a_link_is_good_for_a_while(people: People, clock: Clock) -> None:
    """An hour for a password, a week for an invitation, a day for the owner."""
    ada = await join(people)
    account, invitation = await people.joining.invite("bob@example.org", "Bob", [], Client())
    reset = await people.joining.link(ada, Client())
    clock.pass_by(minutes=59)
    assert (await people.links.look(reset)).purpose == "password"
    clock.pass_by(minutes=1)
    assert await refused(people, reset) == "link-invalid"
    clock.pass_by(days=6)
    assert (await people.links.look(invitation)).account == account.id
    clock.pass_by(days=1)
    assert await refused(people, invitation) == "link-invalid"


async def test_a_link_of_the_owner_is_good_for_a_day(people: People, clock: Clock) -> None:
    """The next start prints another."""
    secret = await owner_secret(people)
    clock.now += timedelta(days=1)
    assert await refused(people, secret) == "link-invalid"


async def test_a_mistake_does_not_use_it_up(people: People) -> None:
    """What was refused can be mended."""
    secret = await owner_secret(people)
    assert await refused(people, secret, Filled("short", "Ada", "ada@example.org")) == "password-short"
    assert await refused(people, secret, Filled(PASSWORD, "Ada")) == "email-missing"
    assert await refused(people, secret, Filled(PASSWORD, "Ada", "nobody")) == "email-invalid"
    assert await refused(people, secret, Filled(PASSWORD, "\0", "ada@example.org")) == "name-invalid"
    assert await use(people, secret)


async def test_what_is_no_link_hashes_nothing(people: People) -> None:
    """Guessing links costs us a look-up and no more."""
    before = people.passwords.hashed
    assert await refused(people, "nothing") == "link-invalid"
    assert people.passwords.hashed == before


async def test_another_password_by_link_ends_everything_older(people: People) -> None:
    """Sessions, and links that were made before it was used."""
    ada = await join(people)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, Client(), Known())
    secret = await people.joining.link(ada, Client())
    new = await use(people, secret, Filled("quite another one"))
    assert await people.identity.of_session(entrance.session.secret) is None
    assert await people.identity.of_session(new.session.secret) is not None
    later = await people.joining.link(ada, Client())
    await people.signing_in.change_password(ada, "quite another one", PASSWORD, Client(), None)
    assert await refused(people, later, Filled("yet another one!")) == "link-invalid"


async def test_a_link_does_not_choose_the_address(people: People) -> None:
    """Whoever has an invitation gets that account, whatever is filled in."""
    account, secret = await people.joining.invite("bob@example.org", "Bob", ["author"], Client())
    entrance = await use(people, secret, Filled(PASSWORD, "Robert", "mallory@example.org"))
    found = await people.accounts.get(entrance.session.account)
    assert (found.id, found.email, found.name) == (account.id, "bob@example.org", "Robert")


async def test_a_suspended_account_has_no_link(people: People) -> None:
    """Neither one that was made before, nor a new one."""
    await join(people, "ada@example.org", OWNER)
    bob = await join(people, "bob@example.org")
    secret = await people.joining.link(bob, Client())
    await people.accounts.suspend(bob, Client())
    assert await refused(people, secret) == "link-invalid"
    with pytest.raises(NotFoundError):
        await people.joining.link(bob, Client())


async def test_the_database_does_not_have_the_link(people: People, database: Database) -> None:
    """Only its digest."""
    secret = await owner_secret(people)
    rows = await value(database, "SELECT string_agg(l::text, ' ') FROM masthead.one_time_link l")
    assert secret not in str(rows)


async def test_a_refused_account_leaves_nothing(people: People, database: Database) -> None:
    """An address that is taken, a role that cannot be: no row, no audit line of it."""
    await join(people)
    before = await audited(database)
    with pytest.raises(MastheadError, match="There is an account"):
        await people.joining.invite("ADA@example.org", "Ada", [], Client())
    with pytest.raises(InputError, match="no name of a role"):
        await people.joining.invite("bob@example.org", "Bob", ["Über"], Client())
    assert await value(database, "SELECT count(*) FROM masthead.account") == 1
    assert await audited(database) == before


async def test_an_account_is_made_once(database: Database) -> None:
    """Ten at the same moment, with one address."""
    people = People(database, passwords=Passwords(threads=2))
    tries = (people.joining.invite("ada@example.org", "Ada", [], Client()) for _ in range(10))
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, tuple) for each in found) == 1
    assert {each.code for each in found if isinstance(each, MastheadError)} == {"account-exists"}
    people.close()
