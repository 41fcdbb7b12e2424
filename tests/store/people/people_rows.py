"""Accounts, sessions and tokens, written as rows: what a test begins with."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from masthead.kernel import new_id
from masthead.people import Client, People
from masthead.people.opaque import digest, new_secret
from masthead.people.token_text import new_token
from masthead.store import Database

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass, in the words of timedelta."""
        self.now += timedelta(**time)


async def add_account(database: Database, email: str = "ada@example.org", roles: Sequence[str] = ()) -> UUID:
    """An account without a password."""
    account = new_id()
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.account (id, email, email_key, name, roles, created_at) "
            "VALUES ($1, $2, $2, 'Ada', $3, $4)",
            account, email, list(roles), NOON,
        )  # fmt: skip
    return account


async def add_group(database: Database, name: str, roles: Sequence[str], *members: UUID) -> None:
    """A group with these members."""
    group = new_id()
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.account_group (id, name, roles, created_at) VALUES ($1, $2, $3, $4)",
            group, name, list(roles), NOON,
        )  # fmt: skip
        for member in members:
            await transaction.execute("INSERT INTO masthead.membership VALUES ($1, $2)", group, member)


async def add_session(database: Database, account: UUID, days: int = 30) -> tuple[UUID, str]:
    """A session that began at NOON: its id, and what its cookie holds."""
    session, secret = new_id(), new_secret()
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.session (id, digest, account_id, created_at, used_at, expires_at) "
            "VALUES ($1, $2, $3, $4, $4, $5)",
            session, digest(secret), account, NOON, NOON + timedelta(days=days),
        )  # fmt: skip
    return session, secret


async def add_token(database: Database, account: UUID, *scopes: str, days: int = 30) -> tuple[UUID, str]:
    """An API token that was made at NOON: its id and its text."""
    token, text = new_id(), new_token()
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.api_token (id, digest, account_id, name, scopes, created_at, expires_at) "
            "VALUES ($1, $2, $3, 'CI', $4, $5, $6)",
            token, digest(text), account, list(scopes), NOON, NOON + timedelta(days=days),
        )  # fmt: skip
    return token, text


async def value(database: Database, sql: str, *arguments: object) -> object:
    """What a statement finds."""
    async with database.transaction() as transaction:
        return await transaction.fetch_value(sql, *arguments)


async def run(database: Database, sql: str, *arguments: object) -> None:
    """Run a statement."""
    async with database.transaction() as transaction:
        await transaction.execute(sql, *arguments)


PASSWORD = "vessel quartz lantern"


async def join(
    people: People, email: str = "ada@example.org", *roles: str, client: Client | None = None
) -> UUID:
    """An account with PASSWORD."""
    account = await people.joining.add(email, "Ada", roles, PASSWORD, client or Client())
    return account.id


async def audited(database: Database) -> list[tuple[str, str]]:
    """The actions of the audit log with their outcomes, in order."""
    rows = await database.drafts.fetch("SELECT action, outcome FROM masthead.audit ORDER BY id")
    return [(row["action"], row["outcome"]) for row in rows]
