"""Sessions: begun by signing in, ended by signing out, by time, or from any other device."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from masthead.events import AuditLine, record_audit
from masthead.kernel import NotFoundError, new_id, utc_now
from masthead.people.client import Client
from masthead.people.opaque import digest, new_secret
from masthead.people.rules import Rules
from masthead.store import Database, Transaction

MOST = 100
"""Sessions of one account; the one that was used least lately goes when there are more."""


@dataclass(frozen=True, slots=True)
class Session:
    """One of an account's sessions. `used_at` is right to the minute."""

    id: UUID
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    address: str | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that has just begun: `secret` goes into the cookie and nowhere else."""

    id: UUID
    account: UUID
    secret: str = field(repr=False)
    expires_at: datetime


class Sessions:
    """The sessions of all accounts."""

    def __init__(self, database: Database, rules: Rules, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock

    async def begin(
        self, transaction: Transaction, account: UUID, client: Client, ended: str | None = None
    ) -> NewSession:
        """A new one, never an old one taken over; `ended` is the secret of the one that it replaces."""
        now = self._clock()
        new = NewSession(new_id(), account, new_secret(), now + self._rules.absolute)
        await self._clear(transaction, account, ended, now)
        await transaction.execute(
            "INSERT INTO masthead.session "
            "(id, digest, account_id, created_at, used_at, expires_at, address, agent) "
            "VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
            new.id, digest(new.secret), account, now, new.expires_at, client.address, client.agent,
        )  # fmt: skip
        return new

    async def _clear(self, transaction: Transaction, account: UUID, ended: str | None, now: datetime) -> None:
        """Remove what has ended, and the oldest beyond the most that there may be."""
        await transaction.execute(
            "DELETE FROM masthead.session WHERE digest = $1", digest(ended) if ended else b""
        )
        await transaction.execute(
            "DELETE FROM masthead.session WHERE account_id = $1 AND (expires_at <= $2 OR used_at <= $3 "
            "OR id IN (SELECT id FROM masthead.session WHERE account_id = $1 "
            "ORDER BY used_at DESC OFFSET $4))",
            account, now, now - self._rules.idle, MOST - 1,
        )  # fmt: skip

    async def of(self, account: UUID) -> list[Session]:
        """Those that have not ended, the one used last first."""
        now = self._clock()
        rows = await self._database.drafts.fetch(
            "SELECT id, created_at, used_at, expires_at, address, agent FROM masthead.session "
            "WHERE account_id = $1 AND expires_at > $2 AND used_at > $3 ORDER BY used_at DESC, id DESC",
            account, now, now - self._rules.idle,
        )  # fmt: skip
        return [Session(**row) for row in rows]

    async def end(self, account: UUID, session: UUID, client: Client) -> None:
        """End one of an account's own. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            ended = await transaction.fetch_value(
                "DELETE FROM masthead.session WHERE id = $1 AND account_id = $2 RETURNING id",
                session, account,
            )  # fmt: skip
            if ended is None:
                raise NotFoundError("session-missing", f"There is no session {session} here.", "List them.")
            await self._record(transaction, client, account, "session.end", session)

    async def end_all(self, account: UUID, client: Client) -> int:
        """Sign out everywhere; tell how many sessions that were."""
        async with self._database.transaction() as transaction:
            ended = await self.revoke(transaction, account)
            await self._record(transaction, client, account, "session.end-all", account)
        return ended

    async def revoke(self, transaction: Transaction, account: UUID) -> int:
        """End all of an account's, as a part of something else."""
        tag = await transaction.execute("DELETE FROM masthead.session WHERE account_id = $1", account)
        return int(tag.split()[-1])

    async def renew(self, transaction: Transaction, account: UUID, kept: UUID | None) -> str | None:
        """End all of an account's but `kept`, which gets another secret: the one that is returned, for its
        cookie. For whatever changes what an account may do or how it signs in."""
        await transaction.execute(
            "DELETE FROM masthead.session WHERE account_id = $1 AND id IS DISTINCT FROM $2", account, kept
        )
        secret = new_secret()
        tag = await transaction.execute(
            "UPDATE masthead.session SET digest = $3 WHERE id = $1 AND account_id = $2",
            kept, account, digest(secret),
        )  # fmt: skip
        return secret if tag == "UPDATE 1" else None

    async def _record(
        self, transaction: Transaction, client: Client, account: UUID, action: str, subject: UUID
    ) -> None:
        line = AuditLine(client.origin(account), action, str(subject))
        await record_audit(transaction, [line], self._clock())
