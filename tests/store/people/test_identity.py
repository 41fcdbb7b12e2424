"""Whose a session or a token is."""

from datetime import timedelta

from tests.store.people.people_rows import (
    NOON,
    Clock,
    add_account,
    add_group,
    add_session,
    add_token,
    run,
    value,
)

from masthead.people import Identity, Rules, SignedIn
from masthead.people.opaque import new_secret
from masthead.people.token_text import new_token
from masthead.store import Database, measured


async def test_a_session_is_its_accounts(database: Database) -> None:
    """Roles are the account's own and those of its groups; a session limits nothing."""
    ada = await add_account(database, roles=["author"])
    await add_group(database, "desk", ["editor"], ada)
    session, secret = await add_session(database, ada)
    found = await Identity(database, Rules(), Clock()).of_session(secret)
    assert found is not None
    assert found.session == session
    assert found.viewer.account == ada
    assert found.viewer.roles == {"author", "editor"}
    assert found.viewer.groups == {"desk"}
    assert found.viewer.scopes is None


async def test_a_token_has_its_scopes(database: Database) -> None:
    """A viewer through a token knows which one, and what it may be used for."""
    token, text = await add_token(database, await add_account(database), "read", "change:Post")
    found = await Identity(database, Rules(), Clock()).of_token(text)
    assert found is not None
    assert found.session is None
    assert found.viewer.token == token
    assert found.viewer.is_in_scope("change", "Post")
    assert not found.viewer.is_in_scope("change", "Page")
    assert not found.viewer.is_in_scope("publish")


async def test_nobody_has_an_unknown_secret(database: Database) -> None:
    """Neither as a session nor as a token."""
    identity = Identity(database, Rules(), Clock())
    assert await identity.of_session(new_secret()) is None
    assert await identity.of_token(new_token()) is None


async def test_what_is_no_token_is_not_looked_up(database: Database) -> None:
    """The checksum tells, before the database is asked."""
    identity = Identity(database, Rules(), Clock())
    async with measured() as spent:
        assert await identity.of_token("mh_" + "0" * 49) is None
    assert spent.statements == 0


async def test_a_session_that_is_not_used_ends(database: Database) -> None:
    """And one that is used goes on, but not beyond its last moment."""
    clock = Clock()
    identity = Identity(database, Rules(idle=timedelta(hours=1)), clock)
    _, secret = await add_session(database, await add_account(database), days=1)
    for _ in range(24):
        clock.pass_by(minutes=59)
        assert await identity.of_session(secret) is not None
    clock.pass_by(minutes=59)
    assert await identity.of_session(secret) is None
    clock.now = NOON + timedelta(minutes=59 * 25)
    assert await identity.of_session(secret) is None


async def test_an_idle_session_ends(database: Database) -> None:
    """After the time that a setting says."""
    clock = Clock()
    _, secret = await add_session(database, await add_account(database))
    clock.pass_by(hours=1)
    assert await Identity(database, Rules(idle=timedelta(hours=1)), clock).of_session(secret) is None


async def test_a_token_ends(database: Database) -> None:
    """At its moment, or when it is revoked."""
    clock = Clock()
    identity = Identity(database, Rules(), clock)
    ada = await add_account(database)
    _, short = await add_token(database, ada, days=1)
    long, revoked = await add_token(database, ada)
    await run(database, "UPDATE masthead.api_token SET revoked_at = $2 WHERE id = $1", long, NOON)
    assert await identity.of_token(short) is not None
    assert await identity.of_token(revoked) is None
    clock.pass_by(days=1)
    assert await identity.of_token(short) is None


async def test_a_suspended_account_is_nobody(database: Database) -> None:
    """At once, by session and by token."""
    identity = Identity(database, Rules(), Clock())
    ada = await add_account(database)
    (_, secret), (_, text) = await add_session(database, ada), await add_token(database, ada)
    await run(database, "UPDATE masthead.account SET suspended_at = $2 WHERE id = $1", ada, NOON)
    assert await identity.of_session(secret) is None
    assert await identity.of_token(text) is None


async def test_another_role_counts_at_once(database: Database) -> None:
    """Nothing about an account is remembered from one request to the next."""
    identity = Identity(database, Rules(), Clock())
    ada = await add_account(database, roles=["editor"])
    _, secret = await add_session(database, ada)
    assert await _roles(identity, secret) == {"editor"}
    await run(database, "UPDATE masthead.account SET roles = '{author}' WHERE id = $1", ada)
    assert await _roles(identity, secret) == {"author"}


async def test_use_is_recorded_to_the_minute(database: Database) -> None:
    """Sixty requests in a minute are one write."""
    clock = Clock()
    identity = Identity(database, Rules(), clock)
    token, text = await add_token(database, await add_account(database))
    statements = []
    for _ in range(62):
        async with measured() as spent:
            await identity.of_token(text)
        statements.append(spent.statements)
        clock.pass_by(seconds=1)
    assert statements == [2] + [1] * 60 + [2]
    assert await value(database, "SELECT used_at FROM masthead.api_token WHERE id = $1", token) == (
        NOON + timedelta(seconds=61)
    )


async def _roles(identity: Identity, secret: str) -> frozenset[str]:
    found: SignedIn | None = await identity.of_session(secret)
    assert found is not None
    return found.viewer.roles
