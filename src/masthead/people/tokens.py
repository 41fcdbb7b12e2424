"""API tokens: for programs, each with a name, scopes and an end; shown once, kept as a digest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from masthead.access import ACTIONS
from masthead.events import AuditLine, record_audit
from masthead.kernel import InputError, NotFoundError, Place, new_id, utc_now
from masthead.people.client import Client
from masthead.people.opaque import digest
from masthead.people.roles import read_name
from masthead.people.token_text import new_token
from masthead.store import Database

LASTS = timedelta(days=90)
"""How long a token is good for where nobody says otherwise."""

LONGEST = timedelta(days=3660)
MOST_SCOPES = 200


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token. `used_at` is right to the minute."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made. `text` is shown now and never again."""

    token: Token
    text: str = field(repr=False)


class Tokens:
    """The API tokens of all accounts. `types` are the content types that a scope may name."""

    def __init__(
        self, database: Database, types: Collection[str], clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._types = types
        self._clock = clock

    async def create(
        self, account: UUID, name: str, scopes: Sequence[str], lasts: timedelta | None, client: Client
    ) -> NewToken:
        """A new one that lasts so long; None: until it is revoked. It can do what its account can, and of
        that what its scopes say. Raises InputError."""
        now, text = self._clock(), new_token()
        if lasts is not None and not timedelta(minutes=1) <= lasts <= LONGEST:
            raise InputError(
                "token-lasting", "A token lasts from a minute to ten years.", "Say how many days.",
                Place(path="days"),
            )  # fmt: skip
        until = None if lasts is None else now + lasts
        token = Token(new_id(), read_name(name), self._read_scopes(scopes), now, until, None, None)
        async with self._database.transaction() as transaction:
            await transaction.execute(
                "INSERT INTO masthead.api_token "
                "(id, digest, account_id, name, scopes, created_at, expires_at) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                token.id, digest(text), account, token.name, list(token.scopes), now, token.expires_at,
            )  # fmt: skip
            detail = {"name": token.name, "scopes": token.scopes, "account": str(account)}
            line = AuditLine(client.origin(), "token.create", str(token.id), detail=detail)
            await record_audit(transaction, [line], now)
        return NewToken(token, text)

    async def of(self, account: UUID) -> list[Token]:
        """An account's, the newest first; those that are over too."""
        rows = await self._database.drafts.fetch(
            "SELECT id, name, scopes, created_at, expires_at, used_at, revoked_at FROM masthead.api_token "
            "WHERE account_id = $1 ORDER BY id DESC",
            account,
        )
        return [Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]

    async def revoke(self, token: UUID, client: Client, account: UUID | None = None) -> None:
        """End a token, one of `account`'s where that is given. Raises NotFoundError."""
        async with self._database.transaction() as transaction:
            now = self._clock()
            found = await transaction.fetch_value(
                "UPDATE masthead.api_token SET revoked_at = coalesce(revoked_at, $2) "
                "WHERE id = $1 AND ($3::uuid IS NULL OR account_id = $3) RETURNING id",
                token, now, account,
            )  # fmt: skip
            if found is None:
                raise NotFoundError("token-missing", f"There is no API token {token} here.", "List them.")
            line = AuditLine(client.origin(), "token.revoke", str(token))
            await record_audit(transaction, [line], now)

    def _read_scopes(self, scopes: Sequence[str]) -> tuple[str, ...]:
        for scope in scopes:
            action, colon, type_name = scope.partition(":")
            if action not in ACTIONS or (colon and type_name not in self._types):
                raise InputError(
                    "scope-unknown",
                    f"{scope[:100]!r} is no scope.",
                    f"A scope is an action ({', '.join(ACTIONS)}), or one on a content type, as change:Post.",
                    Place(path="scopes"),
                )
        if not 1 <= len(set(scopes)) <= MOST_SCOPES:
            raise InputError(
                "scope-missing",
                "A token needs a scope, and few of them.",
                "Such as read.",
                Place(path="scopes"),
            )
        return tuple(sorted(set(scopes)))
