"""Accounts: made, changed and suspended, never deleted, because history names them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.events import AuditLine, record_audit
from masthead.kernel import ConflictError, NotFoundError, Place, new_id, utc_now
from masthead.people.account import COLUMNS, Account, read_account
from masthead.people.client import Client
from masthead.people.email_address import address_key
from masthead.people.roles import keeping_an_owner, read_name, read_roles
from masthead.people.sessions import Sessions
from masthead.store import Database, Transaction

PAGE = 100


class Accounts:
    """All accounts. What it does goes into the audit log, in the same transaction."""

    def __init__(
        self, database: Database, sessions: Sessions, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._clock = clock

    async def get(self, account: UUID) -> Account:
        """One by its id. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            return await find_account(transaction, account)

    async def named(self, email: str) -> Account:
        """One by its e-mail address. Raises NotFoundError, InputError for what is no address."""
        async with self._database.transaction() as transaction:
            found = await transaction.fetch_value(
                "SELECT id FROM masthead.account WHERE email_key = $1", address_key(email)
            )
            if found is None:
                raise NotFoundError(
                    "account-missing", f"There is no account {email}.", "`masthead user list` has all."
                )
            return await find_account(transaction, found)

    async def page(self, after: str = "", size: int = PAGE) -> tuple[list[Account], str | None]:
        """The accounts whose address comes behind `after`, by address; and what `after` is for the next
        page, None where there is none."""
        rows = await self._database.drafts.fetch(
            f"SELECT a.email_key, {COLUMNS} FROM masthead.account a "  # noqa: S608 - constants
            "WHERE a.email_key > $1 ORDER BY a.email_key LIMIT $2",
            after, size,
        )  # fmt: skip
        keys = [row.pop("email_key") for row in rows]
        return [read_account(row) for row in rows], keys[-1] if len(rows) == size else None

    async def create(
        self, transaction: Transaction, email: str, name: str, roles: Sequence[str], client: Client
    ) -> Account:
        """A new one without a password, which an invitation gives it. Raises InputError, ConflictError."""
        key, found = address_key(email), new_id()
        roles, name = read_roles(roles), read_name(name)
        tag = await transaction.execute(
            "INSERT INTO masthead.account (id, email, email_key, name, roles, created_at) "
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email_key) DO NOTHING",
            found, email.strip(), key, name, roles, self._clock(),
        )  # fmt: skip
        if tag != "INSERT 0 1":
            raise ConflictError(
                "account-exists", f"There is an account {email.strip()} already.", "Change that one.",
                Place(path="email"),
            )  # fmt: skip
        await self.record(
            transaction, client, "account.create", found, {"email": email.strip(), "roles": roles}
        )
        return await find_account(transaction, found)

    async def change(
        self,
        account: UUID,
        client: Client,
        *,
        name: str | None = None,
        roles: Sequence[str] | None = None,
        kept: UUID | None = None,
    ) -> tuple[Account, str | None]:
        """Another name, other roles. Other roles end the account's sessions; `kept`, the one that asks, goes
        on with the secret that is returned. Raises NotFoundError, InputError, ConflictError."""
        secret = None
        async with self._database.transaction() as transaction, keeping_an_owner(transaction):
            before = await find_account(transaction, account)
            named = before.name if name is None else read_name(name)
            given = list(before.roles) if roles is None else read_roles(roles)
            await transaction.execute(
                "UPDATE masthead.account SET name = $2, roles = $3 WHERE id = $1", account, named, given
            )
            if given != sorted(before.roles):
                secret = await self._sessions.renew(transaction, account, kept)
                detail = {"before": before.roles, "roles": given}
                await self.record(transaction, client, "account.roles", account, detail)
            if named != before.name:
                await self.record(transaction, client, "account.rename", account)
            return await find_account(transaction, account), secret

    async def suspend(self, account: UUID, client: Client) -> Account:
        """Sign it out everywhere and let it in no more, its API tokens neither. Raises NotFoundError,
        ConflictError for the last owner."""
        return await self._set_suspended(account, self._clock(), client)

    async def restore(self, account: UUID, client: Client) -> Account:
        """Let a suspended one in again, and its API tokens. Raises NotFoundError."""
        return await self._set_suspended(account, None, client)

    async def _set_suspended(self, account: UUID, at: datetime | None, client: Client) -> Account:
        async with self._database.transaction() as transaction, keeping_an_owner(transaction):
            before = await find_account(transaction, account)
            if (before.suspended_at is None) == (at is None):
                return before
            await transaction.execute(
                "UPDATE masthead.account SET suspended_at = $2 WHERE id = $1", account, at
            )
            if at is not None:
                await self._sessions.revoke(transaction, account)
            action = "account.restore" if at is None else "account.suspend"
            await self.record(transaction, client, action, account)
            return await find_account(transaction, account)

    async def record(
        self,
        transaction: Transaction,
        client: Client,
        action: str,
        account: UUID,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """A line of the audit log about an account."""
        line = AuditLine(client.origin(), action, str(account), detail=detail or {})
        await record_audit(transaction, [line], self._clock())


async def find_account(transaction: Transaction, account: UUID) -> Account:
    """One by its id. Raises NotFoundError."""
    statement = f"SELECT {COLUMNS} FROM masthead.account a WHERE a.id = $1"  # noqa: S608 - constants
    rows = await transaction.fetch(statement, account)
    if not rows:
        raise NotFoundError("account-missing", f"There is no account {account}.", "List them.")
    return read_account(rows[0])
