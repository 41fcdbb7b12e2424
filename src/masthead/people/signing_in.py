"""Signing in with a password, and changing it.

Whether there is such an account, and whether the password was wrong, is told to nobody: the answer is the
same and the same work is done. What is tried is counted first (`attempts`).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.events import AuditLine, record_audit
from masthead.kernel import AccessError, MastheadError, utc_now
from masthead.people.attempts import PAIR_PREFIX, Attempts, Counted, counts_of
from masthead.people.client import Client
from masthead.people.devices import Devices
from masthead.people.email_address import lenient_key
from masthead.people.hashing import Passwords
from masthead.people.passwords import normalised, read_password
from masthead.people.sessions import NewSession, Sessions
from masthead.store import Database, Transaction


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a browser gets that has signed in: a session, and a cookie by which its device is known."""

    session: NewSession
    device: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What a browser had with it: the secret of an earlier session, and its device's cookie."""

    session: str | None = field(default=None, repr=False)
    device: str | None = field(default=None, repr=False)


class SigningIn:
    """Who knows the password gets a session."""

    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        passwords: Passwords,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._passwords = passwords
        self._clock = clock
        self._attempts = Attempts(database, clock)
        self._devices = Devices(database)
        self.outcomes: Counter[str] = Counter()

    async def begin(self, email: str, password: str, client: Client, known: Known) -> Entrance:
        """Sign in. Raises AccessError (sign-in-refused, sign-in-delayed), UnavailableError."""
        try:
            entrance = await self._begin(email, password, client, known)
        except MastheadError as error:
            self.outcomes[error.code] += 1
            raise
        self.outcomes["done"] += 1
        return entrance

    async def _begin(self, email: str, password: str, client: Client, known: Known) -> Entrance:
        key, typed = lenient_key(email), normalised(password)
        row = await self._find("email_key = $1", key)
        device = await self._devices.known(known.device, row["id"] if row else None)
        counts = counts_of(key, client, device)
        await self._attempts.begin(counts)
        if await self._passwords.matches(row["password"] if row else None, typed) and row is not None:
            fresh = await self._rehashed(row["password"], typed)
            async with self._database.transaction() as transaction:
                if await _is_unchanged(transaction, row):
                    await self._attempts.forgive(transaction, counts)
                    if fresh is not None:
                        await _write_password(transaction, row["id"], fresh)
                    return await self.enter(transaction, row["id"], client, known)
        await self._refuse(client, row["id"] if row else None, "session.begin", "sign-in-refused")
        raise AccessError(
            "sign-in-refused",
            "E-mail address or password are wrong.",
            "Try again, or ask an owner for a link.",
        )

    async def change_password(
        self, account: UUID, current: str, new: str, client: Client, kept: UUID | None
    ) -> str | None:
        """Another password; every session ends but `kept`, which goes on with the secret that is returned.

        Raises AccessError where `current` is wrong, InputError, UnavailableError.
        """
        row = await self._find("id = $1", account)
        if row is None:
            raise AccessError("not-signed-in", "This account may not sign in.", "Ask an owner.")
        found = read_password(new, (row["email"], row["name"]))
        counts = [Counted(f"change {account} {client.network(PAIR_PREFIX)}", 5)]
        await self._attempts.begin(counts)
        if not await self._passwords.matches(row["password"], normalised(current)):
            await self._refuse(client, account, "account.password", "password-wrong")
            raise AccessError("password-wrong", "The current password is wrong.", "Try again.")
        encoded = await self._passwords.hash(found)
        async with self._database.transaction() as transaction:
            await self._attempts.forgive(transaction, counts)
            return await self.set_password(transaction, account, encoded, client, kept)

    async def set_password(
        self, transaction: Transaction, account: UUID, encoded: str, client: Client, kept: UUID | None = None
    ) -> str | None:
        """A password that is hashed already, as a part of something else."""
        await _write_password(transaction, account, encoded)
        await transaction.execute(
            "DELETE FROM masthead.one_time_link WHERE account_id = $1 AND used_at IS NULL", account
        )
        line = AuditLine(client.origin(account), "account.password", str(account))
        await record_audit(transaction, [line], self._clock())
        return await self._sessions.renew(transaction, account, kept)

    async def enter(self, transaction: Transaction, account: UUID, client: Client, known: Known) -> Entrance:
        """Begin a session for somebody who has proved who it is, and say so in the audit log."""
        session = await self._sessions.begin(transaction, account, client, known.session)
        line = AuditLine(client.origin(account), "session.begin", str(account))
        await record_audit(transaction, [line], self._clock())
        return Entrance(session, await self._devices.new(transaction, account))

    async def _find(self, condition: str, subject: object) -> dict[str, Any] | None:
        """An account that may sign in."""
        rows = await self._database.drafts.fetch(
            "SELECT id, email, email_key, name, password FROM masthead.account "  # noqa: S608 - ours
            f"WHERE suspended_at IS NULL AND {condition}",
            subject,
        )
        return rows[0] if rows else None

    async def _rehashed(self, encoded: str, password: str) -> str | None:
        """The hash with today's parameters, where it had older ones."""
        return await self._passwords.hash(password) if self._passwords.is_outdated(encoded) else None

    async def _refuse(self, client: Client, account: UUID | None, action: str, code: str) -> None:
        # What was typed as the address of nobody may be a password: it is not kept.
        line = AuditLine(client.origin(), action, str(account) if account else None, code)
        async with self._database.transaction() as transaction:
            await record_audit(transaction, [line], self._clock())


async def _is_unchanged(transaction: Transaction, row: dict[str, Any]) -> bool:
    """Whether the account is as it was when the password was compared: it may have got another since."""
    found = await transaction.fetch_value(
        "SELECT password FROM masthead.account WHERE id = $1 AND suspended_at IS NULL FOR UPDATE", row["id"]
    )
    return bool(found == row["password"])


async def _write_password(transaction: Transaction, account: UUID, encoded: str) -> None:
    await transaction.execute("UPDATE masthead.account SET password = $2 WHERE id = $1", account, encoded)
