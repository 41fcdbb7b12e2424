"""Signing in: who gets in, what anybody learns by trying, and what it costs."""

import asyncio

import pytest
from tests.store.people.people_rows import PASSWORD, Clock, audited, join, run, value

from masthead.kernel import AccessError, InputError, UnavailableError
from masthead.people import Client, Entrance, Known, Passwords, People
from masthead.store import Database

HOME = Client(address="192.0.2.1", agent="curl")


async def sign_in(
    people: People, email: str = "ada@example.org", password: str = PASSWORD, known: Known | None = None
) -> Entrance:
    """From home."""
    return await people.signing_in.begin(email, password, HOME, known or Known())


async def test_the_password_opens(people: People) -> None:
    """A session that is the account's, and not another."""
    ada = await join(people)
    entrance = await sign_in(people)
    found = await people.identity.of_session(entrance.session.secret)
    assert found is not None
    assert found.viewer.account == ada


async def test_what_is_printed_shows_no_secret(people: People) -> None:
    """A new session in a traceback or a log line is worth nothing to whoever reads it."""
    await join(people)
    entrance = await sign_in(people)
    assert entrance.session.secret not in repr(entrance)
    assert entrance.device not in repr(entrance)
    assert "secret" not in repr(Known(session="secret", device="secret")).replace("secret=", "")


@pytest.mark.parametrize("email", ["ADA@Example.ORG", "  ada@example.org ", "\uff41da@example.org"])
async def test_an_address_is_compared_without_case(people: People, email: str) -> None:
    """And without spaces around it, and in whatever width."""
    await join(people)
    assert await sign_in(people, email)


async def test_a_password_is_the_same_from_every_keyboard(people: People) -> None:
    """NFKC: composed and decomposed letters are one."""
    ada = await join(people)
    await people.signing_in.change_password(ada, PASSWORD, "brücke zu drei ufern", HOME, None)
    assert await sign_in(people, password="bru\u0308cke zu drei ufern")


async def test_a_password_counts_to_its_end(people: People) -> None:
    """The longest there may be with anything behind it is another one."""
    ada = await join(people)
    longest = ("lantern vessel quartz " * 12)[:256]
    await people.signing_in.change_password(ada, PASSWORD, longest, HOME, None)
    assert await sign_in(people, password=longest)
    for other in (f"{longest}x", longest[:-1]):
        with pytest.raises(AccessError):
            await sign_in(people, password=other)


@pytest.mark.parametrize(
    "name",
    ["\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "Ada \U0001f469\u200d\U0001f4bb", "O'Brien-Ní Dhomhnaill"],
)
async def test_a_name_is_as_people_write_it(people: People, name: str) -> None:
    """With what joins letters, and what keeps them apart."""
    account, _ = await people.joining.invite("bob@example.org", f"  {name} ", [], HOME)
    assert account.name == name


async def test_nothing_tells_whether_there_is_an_account(people: People) -> None:
    """Unknown, wrong, suspended, without a password: one error, and one password hashed for each."""
    await join(people)
    gone = await join(people, "gone@example.org")
    await people.accounts.suspend(gone, Client())
    async with people.database.transaction() as transaction:
        await people.accounts.create(transaction, "new@example.org", "New", [], Client())
    told, work = set(), []
    for email, password in [
        ("nobody@example.org", PASSWORD),
        ("ada@example.org", "not my password"),
        ("gone@example.org", PASSWORD),
        ("new@example.org", PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
    ]:
        before = people.passwords.hashed
        with pytest.raises(AccessError) as refused:
            await sign_in(people, email, password)
        told.add(str(refused.value))
        work.append(people.passwords.hashed - before)
    assert len(told) == 1
    assert work == [1] * 6


async def test_every_sign_in_is_a_new_session(people: People) -> None:
    """The one that the browser had before is over: a session that somebody planted is worth nothing."""
    await join(people)
    first = await sign_in(people)
    second = await sign_in(people, known=Known(session=first.session.secret))
    assert first.session.secret != second.session.secret
    assert await people.identity.of_session(first.session.secret) is None
    assert await people.identity.of_session(second.session.secret) is not None


async def test_another_password_signs_out_everywhere_else(people: People) -> None:
    """The session that asks goes on, with another secret."""
    ada = await join(people)
    here, there = await sign_in(people), await sign_in(people)
    secret = await people.signing_in.change_password(
        ada, PASSWORD, "another three words", HOME, here.session.id
    )
    assert secret is not None
    assert await people.identity.of_session(there.session.secret) is None
    assert await people.identity.of_session(here.session.secret) is None
    found = await people.identity.of_session(secret)
    assert found is not None
    assert found.session == here.session.id
    with pytest.raises(AccessError):
        await sign_in(people)


async def test_the_current_password_is_asked_for(people: People) -> None:
    """Who finds an open browser does not get the account for good."""
    ada = await join(people)
    with pytest.raises(AccessError) as refused:
        await people.signing_in.change_password(ada, "not my password", "another three words", HOME, None)
    assert refused.value.code == "password-wrong"


async def test_a_new_password_may_not_be_the_account(people: People) -> None:
    """Its own name or address are what is tried first."""
    ada = await join(people)
    with pytest.raises(InputError) as refused:
        await people.signing_in.change_password(ada, PASSWORD, "ada@example.org1", HOME, None)
    assert refused.value.code == "password-guessable"


async def test_an_old_hash_is_made_anew(people: People, database: Database) -> None:
    """With today's parameters, when the password is known for a moment."""
    ada = await join(people)
    from argon2 import PasswordHasher

    old = PasswordHasher(1, 8, 1).hash(PASSWORD)
    await run(database, "UPDATE masthead.account SET password = $2 WHERE id = $1", ada, old)
    assert await sign_in(people)
    stored = await value(database, "SELECT password FROM masthead.account WHERE id = $1", ada)
    assert str(stored).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await sign_in(people)


async def test_a_password_that_changes_meanwhile_does_not_open(people: People, database: Database) -> None:
    """It was right when it was compared, and is not any more when the session would begin."""
    ada = await join(people)

    class Slow(Passwords):
        async def matches(self, encoded: str | None, password: str) -> bool:
            found = await super().matches(encoded, password)
            await run(database, "UPDATE masthead.account SET password = 'other' WHERE id = $1", ada)
            return found

    slow = Slow()
    other = People(database, passwords=slow)
    with pytest.raises(AccessError):
        await sign_in(other)
    other.close()


async def test_every_sign_in_is_in_the_audit_log(people: People, database: Database) -> None:
    """Done and refused, without what was typed."""
    ada = await join(people)
    await sign_in(people)
    for email in ("ada@example.org", "hunter2hunter2"):
        with pytest.raises(AccessError):
            await sign_in(people, email, "not my password")
    rows = await database.drafts.fetch(
        "SELECT account, subject, outcome, code, address FROM masthead.audit "
        "WHERE action = 'session.begin' ORDER BY id DESC LIMIT 3"
    )
    refused = {"account": None, "outcome": "refused", "code": "sign-in-refused", "address": "192.0.2.1"}
    assert [dict(row) for row in rows] == [
        {**refused, "subject": None},
        {**refused, "subject": str(ada)},
        {"account": ada, "subject": str(ada), "outcome": "done", "code": None, "address": "192.0.2.1"},
    ]
    everything = await value(database, "SELECT string_agg(a::text, ' ') FROM masthead.audit a")
    assert "hunter2" not in str(everything)
    assert PASSWORD not in str(everything)


async def test_too_many_at_once_are_refused_at_once(people: People, database: Database) -> None:
    """What waits for a thread is bounded; the others are told when to come again."""
    await join(people)
    few = People(database, passwords=Passwords(threads=1, queue=2))
    tries = [
        few.signing_in.begin("ada@example.org", PASSWORD, Client(address=f"192.0.2.{each}"), Known())
        for each in range(12)
    ]
    found = await asyncio.gather(*tries, return_exceptions=True)
    busy = [each for each in found if isinstance(each, UnavailableError)]
    assert busy
    assert len(busy) + sum(isinstance(each, Entrance) for each in found) == 12
    assert {(each.code, each.context["retry_after"]) for each in busy} == {("sign-in-busy", 2)}
    few.close()


async def test_reads_go_on_while_fifty_sign_in(people: People, database: Database) -> None:
    """No sign-in keeps the event loop or a connection while a password is hashed."""
    await join(people)
    done = asyncio.Event()
    tries = [
        people.signing_in.begin("ada@example.org", PASSWORD, Client(address=f"192.0.2.{each}"), Known())
        for each in range(50)
    ]
    signing_in = asyncio.gather(*tries)
    signing_in.add_done_callback(lambda _: done.set())
    reads = 0
    while not done.is_set():
        await database.public.fetch("SELECT number FROM live._generation")
        reads += people.passwords.waiting > 0
    assert len(await signing_in) == 50
    assert reads > 50


async def test_sessions_are_listed_and_ended(people: People, clock: Clock) -> None:
    """One by one, or all; somebody else's not at all."""
    ada, bob = await join(people), await join(people, "bob@example.org")
    first, second = await sign_in(people), await sign_in(people)
    assert [each.id for each in await people.sessions.of(ada)] == [second.session.id, first.session.id]
    with pytest.raises(Exception, match="There is no session"):
        await people.sessions.end(bob, first.session.id, HOME)
    await people.sessions.end(ada, first.session.id, HOME)
    assert [each.id for each in await people.sessions.of(ada)] == [second.session.id]
    assert await people.sessions.end_all(ada, HOME) == 1
    assert await people.sessions.of(ada) == []
    clock.pass_by(days=2)
    assert ("session.end-all", "done") in await audited(people.database)
