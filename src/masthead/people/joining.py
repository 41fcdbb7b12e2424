"""How somebody comes in: with a password that is given, or by a link that is handed over."""

from collections.abc import Sequence
from uuid import UUID

from masthead.people.account import Account
from masthead.people.accounts import Accounts
from masthead.people.client import Client
from masthead.people.hashing import Passwords
from masthead.people.links import Links
from masthead.people.passwords import read_password
from masthead.people.signing_in import SigningIn
from masthead.store import Database


class Joining:
    """Makes accounts that somebody can use."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        links: Links,
        signing_in: SigningIn,
        passwords: Passwords,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._links = links
        self._signing_in = signing_in
        self._passwords = passwords

    async def invite(
        self, email: str, name: str, roles: Sequence[str], client: Client
    ) -> tuple[Account, str]:
        """An account, and the secret of its invitation. Raises InputError, ConflictError."""
        async with self._database.transaction() as transaction:
            account = await self._accounts.create(transaction, email, name, roles, client)
            return account, await self._links.for_account(transaction, account.id, client)

    async def link(self, account: UUID, client: Client) -> str:
        """The secret of a one-time link for an account that is there. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            return await self._links.for_account(transaction, account, client)

    async def add(
        self, email: str, name: str, roles: Sequence[str], password: str, client: Client
    ) -> Account:
        """An account with this password. Raises InputError, ConflictError."""
        encoded = await self._passwords.hash(read_password(password, (email, name)))
        async with self._database.transaction() as transaction:
            account = await self._accounts.create(transaction, email, name, roles, client)
            await self._signing_in.set_password(transaction, account.id, encoded, client)
        return account
