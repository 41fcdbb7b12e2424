"""The ways in hold to the same rules, and what is handed over to come in is not what one comes in with."""

import re
from collections.abc import Awaitable

import pytest
from tests.store.people.people_rows import PASSWORD, Clock, add_token, join

from masthead.kernel import AccessError, MastheadError
from masthead.people import Client, Filled, Known, People
from masthead.store import Database

HOME = Client(address="192.0.2.1")


async def enters(people: People, email: str, password: str) -> bool:
    """Whether somebody who types this gets in."""
    try:
        await people.signing_in.begin(email, password, HOME, Known())
    except AccessError as refused:
        if refused.code != "sign-in-refused":
            raise
        return False
    return True


async def refusal(way: Awaitable[object]) -> str:
    """The code of the error that this way raises."""
    with pytest.raises(MastheadError) as refused:
        await way
    return refused.value.code


async def test_a_password_does_not_age(people: People, clock: Clock) -> None:
    """Ten years later it still opens, and nothing asks for another."""
    ada = await join(people)
    clock.pass_by(days=3653)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known())
    found = await people.identity.of_session(entrance.session.secret)
    assert found is not None
    assert found.viewer.account == ada


async def test_a_link_is_no_password(people: People) -> None:
    """Neither before it is used nor after: an account has the password that its person chose, or none."""
    _, secret = await people.joining.invite("bob@example.org", "Bob", [], Client())
    assert not await enters(people, "bob@example.org", secret)
    assert await people.identity.of_session(secret) is None
    await people.links.use(secret, Filled(PASSWORD), HOME, Known())
    assert not await enters(people, "bob@example.org", secret)
    assert await enters(people, "bob@example.org", PASSWORD)


async def test_links_are_long_and_differ(people: People) -> None:
    """256 bits each, in 43 characters; no two of a hundred begin alike."""
    bob, secret = await people.joining.invite("bob@example.org", "Bob", [], Client())
    secrets = [secret, *[await people.joining.link(bob.id, Client()) for _ in range(99)]]
    assert all(re.fullmatch(r"[\w-]{43}", each, re.ASCII) for each in secrets)
    assert len({each[:10] for each in secrets}) == 100
    assert len({each[-10:] for each in secrets}) == 100


@pytest.mark.parametrize(
    ("password", "code"),
    [("too short", "password-short"), ("q7" * 129, "password-long"), ("password1234", "password-guessable")],
)
async def test_every_way_refuses_the_same_passwords(people: People, password: str, code: str) -> None:
    """With a new account, by an invitation, by a link for another, and by the person itself."""
    ada = await join(people)
    _, invitation = await people.joining.invite("bob@example.org", "Bob", [], Client())
    reset = await people.joining.link(ada, Client())
    ways = [
        people.joining.add("eve@example.org", "Eve", [], password, Client()),
        people.links.use(invitation, Filled(password), HOME, Known()),
        people.links.use(reset, Filled(password), HOME, Known()),
        people.signing_in.change_password(ada, PASSWORD, password, HOME, None),
    ]
    assert [await refusal(way) for way in ways] == [code] * 4


async def test_a_suspended_account_has_no_way_in(people: People, database: Database) -> None:
    """Password, device, link, session, token: all are shut at once."""
    ada = await join(people)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known())
    link = await people.joining.link(ada, Client())
    _, token = await add_token(database, ada, "read")
    assert await people.identity.of_token(token) is not None
    await people.accounts.suspend(ada, Client())
    known = Known(entrance.session.secret, entrance.device)
    ways = [
        people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known()),
        people.signing_in.begin("ada@example.org", PASSWORD, HOME, known),
        people.links.use(link, Filled("quite another one"), HOME, known),
        people.signing_in.change_password(ada, PASSWORD, "quite another one", HOME, None),
    ]
    assert [await refusal(way) for way in ways] == [
        "sign-in-refused", "sign-in-refused", "link-invalid", "not-signed-in",
    ]  # fmt: skip
    assert await people.identity.of_session(entrance.session.secret) is None
    assert await people.identity.of_token(token) is None
