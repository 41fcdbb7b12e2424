"""One-time links: the first owner, invitations, forgotten passwords. Each for one purpose, once, for a while.

There is nobody who sends mail yet: whoever makes a link hands it over.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from masthead.access import OWNER
from masthead.events import AuditLine, record_audit
from masthead.kernel import InputError, NotFoundError, Place, new_id, utc_now
from masthead.people.accounts import Accounts
from masthead.people.client import Client
from masthead.people.hashing import Passwords
from masthead.people.opaque import digest, new_secret
from masthead.people.passwords import read_password
from masthead.people.roles import lock_people, read_name
from masthead.people.rules import Rules
from masthead.people.signing_in import Entrance, Known, SigningIn
from masthead.store import Database, Transaction

Purpose = Literal["owner", "invitation", "password"]


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is for, and for whom; the link that makes the owner is for nobody in particular."""

    purpose: Purpose
    account: UUID | None
    email: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody fills in who uses a link. `email` counts for the owner's only; no `name` keeps the one
    that is there."""

    password: str = field(repr=False)
    name: str | None = None
    email: str | None = None


class Links:
    """Makes links, and lets them be used."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        signing_in: SigningIn,
        passwords: Passwords,
        rules: Rules,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._signing_in = signing_in
        self._passwords = passwords
        self._rules = rules
        self._clock = clock

    async def for_owner(self) -> str | None:
        """The secret of the link that makes the owner, in place of an earlier one; None where there is an
        account already."""
        async with self._database.transaction() as transaction:
            await lock_people(transaction)
            if await _has_accounts(transaction):
                return None
            return await self._make(transaction, "owner", None, self._rules.owner_link)

    async def for_account(self, transaction: Transaction, account: UUID, client: Client) -> str:
        """The secret of an account's link, in place of an earlier one: an invitation until there is a
        password, a new password then. Raises NotFoundError."""
        rows = await transaction.fetch(
            "SELECT password IS NULL AS is_new FROM masthead.account "
            "WHERE id = $1 AND suspended_at IS NULL FOR SHARE",
            account,
        )
        if not rows:
            raise NotFoundError(
                "account-missing", f"There is no account {account} that may sign in.", "List them."
            )
        is_new = rows[0]["is_new"]
        purpose: Purpose = "invitation" if is_new else "password"
        lasts = self._rules.invitation if is_new else self._rules.password_link
        line = AuditLine(client.origin(), f"link.{purpose}", str(account))
        await record_audit(transaction, [line], self._clock())
        return await self._make(transaction, purpose, account, lasts)

    async def look(self, secret: str) -> Link:
        """What a link is for; it is not used up by looking. Raises NotFoundError."""
        rows = await self._database.drafts.fetch(
            "SELECT l.purpose, l.account_id AS account, a.email, a.name FROM masthead.one_time_link l "
            "LEFT JOIN masthead.account a ON a.id = l.account_id "
            "WHERE l.digest = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND a.suspended_at IS NULL",
            digest(secret), self._clock(),
        )  # fmt: skip
        if not rows:
            raise _invalid()
        return Link(**rows[0])

    async def use(self, secret: str, filled: Filled, client: Client, known: Known) -> Entrance:
        """Use a link up, once whoever else tries it too, and be signed in.

        Raises NotFoundError for one that is used, over, or never was; InputError; UnavailableError.
        """
        link = await self.look(secret)
        email = link.email or filled.email
        if email is None:
            raise InputError(
                "email-missing",
                "The owner needs an e-mail address.",
                "Give it as email.",
                Place(path="email"),
            )
        name = filled.name or link.name
        about = [email, *([name] if name else [])]
        encoded = await self._passwords.hash(read_password(filled.password, about))
        async with self._database.transaction() as transaction:
            await lock_people(transaction)
            await self._use_up(transaction, secret)
            account = link.account or await self._make_owner(transaction, email, name or email, client)
            if link.purpose == "invitation" and filled.name:
                await transaction.execute(
                    "UPDATE masthead.account SET name = $2 WHERE id = $1", account, read_name(filled.name)
                )
            await self._signing_in.set_password(transaction, account, encoded, client)
            return await self._signing_in.enter(transaction, account, client, known)

    async def _make(
        self, transaction: Transaction, purpose: Purpose, account: UUID | None, lasts: timedelta
    ) -> str:
        secret, now = new_secret(), self._clock()
        await transaction.execute(
            "DELETE FROM masthead.one_time_link WHERE account_id IS NOT DISTINCT FROM $1 AND used_at IS NULL",
            account,
        )
        await transaction.execute(
            "INSERT INTO masthead.one_time_link (id, digest, purpose, account_id, created_at, expires_at) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            new_id(), digest(secret), purpose, account, now, now + lasts,
        )  # fmt: skip
        return secret

    async def _use_up(self, transaction: Transaction, secret: str) -> None:
        tag = await transaction.execute(
            "UPDATE masthead.one_time_link SET used_at = $2 "
            "WHERE digest = $1 AND used_at IS NULL AND expires_at > $2",
            digest(secret), self._clock(),
        )  # fmt: skip
        if tag != "UPDATE 1":
            raise _invalid()

    async def _make_owner(self, transaction: Transaction, email: str, name: str, client: Client) -> UUID:
        if await _has_accounts(transaction):  # made on the command line meanwhile
            raise _invalid()
        return (await self._accounts.create(transaction, email, name, [OWNER], client)).id


async def _has_accounts(transaction: Transaction) -> bool:
    return bool(await transaction.fetch_value("SELECT EXISTS (SELECT FROM masthead.account)"))


def _invalid() -> NotFoundError:
    return NotFoundError(
        "link-invalid",
        "This link was used already, is over, or never was one.",
        "Ask an owner for another: `masthead user reset EMAIL` makes one.",
    )
