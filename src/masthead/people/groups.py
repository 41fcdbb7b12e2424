"""Groups: accounts that share roles, and that policies can name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.events import AuditLine, record_audit
from masthead.kernel import ConflictError, NotFoundError, Place, new_id, utc_now
from masthead.people.accounts import find_account
from masthead.people.client import Client
from masthead.people.roles import keeping_an_owner, lock_people, read_name, read_roles
from masthead.people.sessions import Sessions
from masthead.store import Database, Transaction

_FOUND = """SELECT g.id, g.name, g.roles, ARRAY(
    SELECT m.account_id FROM masthead.membership m WHERE m.group_id = g.id ORDER BY m.account_id) AS members
FROM masthead.account_group g"""


@dataclass(frozen=True, slots=True)
class Group:
    """`members` are accounts."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    members: tuple[UUID, ...]


class Groups:
    """All groups. Whoever gets other roles by a change is signed out everywhere."""

    def __init__(
        self, database: Database, sessions: Sessions, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._clock = clock

    async def all(self) -> list[Group]:
        """By name."""
        return [_read(row) for row in await self._database.drafts.fetch(f"{_FOUND} ORDER BY g.name")]

    async def create(self, name: str, roles: Sequence[str], client: Client) -> Group:
        """A new one without members. Raises InputError, ConflictError."""
        group, name, roles = new_id(), read_name(name), read_roles(roles)
        async with self._database.transaction() as transaction:
            await _check_free(transaction, name, group)
            await transaction.execute(
                "INSERT INTO masthead.account_group (id, name, roles, created_at) VALUES ($1, $2, $3, $4)",
                group, name, roles, self._clock(),
            )  # fmt: skip
            await self._record(transaction, client, "group.create", group, {"name": name, "roles": roles})
            return await _find(transaction, group)

    async def change(
        self, group: UUID, client: Client, *, name: str | None = None, roles: Sequence[str] | None = None
    ) -> Group:
        """Another name, other roles. Raises NotFoundError, InputError, ConflictError."""
        async with self._database.transaction() as transaction, keeping_an_owner(transaction):
            before = await _find(transaction, group)
            named = before.name if name is None else read_name(name)
            given = list(before.roles) if roles is None else read_roles(roles)
            await _check_free(transaction, named, group)
            await transaction.execute(
                "UPDATE masthead.account_group SET name = $2, roles = $3 WHERE id = $1", group, named, given
            )
            if given != sorted(before.roles):
                await self._sign_out(transaction, before.members)
            detail = {"name": named, "before": before.roles, "roles": given}
            await self._record(transaction, client, "group.change", group, detail)
            return await _find(transaction, group)

    async def delete(self, group: UUID, client: Client) -> None:
        """Remove it; its members stay. Raises NotFoundError, ConflictError."""
        async with self._database.transaction() as transaction, keeping_an_owner(transaction):
            before = await _find(transaction, group)
            await transaction.execute("DELETE FROM masthead.account_group WHERE id = $1", group)
            await self._sign_out(transaction, before.members if before.roles else ())
            await self._record(transaction, client, "group.delete", group, {"name": before.name})

    async def put(self, group: UUID, account: UUID, client: Client) -> Group:
        """Make an account a member. Raises NotFoundError."""
        return await self._set_member(
            group, account, client,
            "INSERT INTO masthead.membership (group_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )  # fmt: skip

    async def take(self, group: UUID, account: UUID, client: Client) -> Group:
        """Let an account be no member. Raises NotFoundError, ConflictError."""
        return await self._set_member(
            group, account, client,
            "DELETE FROM masthead.membership WHERE group_id = $1 AND account_id = $2",
        )  # fmt: skip

    async def _set_member(self, group: UUID, account: UUID, client: Client, statement: str) -> Group:
        async with self._database.transaction() as transaction, keeping_an_owner(transaction):
            found = await _find(transaction, group)
            await find_account(transaction, account)
            tag = await transaction.execute(statement, group, account)
            if not tag.endswith(" 0"):
                await self._sign_out(transaction, (account,) if found.roles else ())
                action = "group.put" if tag.startswith("INSERT") else "group.take"
                await self._record(transaction, client, action, group, {"account": str(account)})
            return await _find(transaction, group)

    async def _sign_out(self, transaction: Transaction, accounts: Sequence[UUID]) -> None:
        for account in accounts:
            await self._sessions.revoke(transaction, account)

    async def _record(
        self, transaction: Transaction, client: Client, action: str, group: UUID, detail: Mapping[str, Any]
    ) -> None:
        line = AuditLine(client.origin(), action, str(group), detail=detail)
        await record_audit(transaction, [line], self._clock())


async def _find(transaction: Transaction, group: UUID) -> Group:
    rows = await transaction.fetch(f"{_FOUND} WHERE g.id = $1", group)
    if not rows:
        raise NotFoundError("group-missing", f"There is no group {group}.", "List them.")
    return _read(rows[0])


async def _check_free(transaction: Transaction, name: str, group: UUID) -> None:
    await lock_people(transaction)
    if await transaction.fetch_value(
        "SELECT true FROM masthead.account_group WHERE name = $1 AND id <> $2", name, group
    ):
        raise ConflictError(
            "group-exists", f"There is a group {name} already.", "Take another name.", Place(path="name")
        )


def _read(row: dict[str, Any]) -> Group:
    return Group(row["id"], row["name"], tuple(row["roles"]), tuple(row["members"]))
