"""Whose a secret is: one statement an authenticated request, nothing kept in memory.

So what is revoked, suspended or given another role is so with the next request, in every process.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from masthead.access import Viewer
from masthead.kernel import utc_now
from masthead.people.opaque import digest
from masthead.people.rules import Rules
from masthead.people.token_text import is_token
from masthead.store import FAILURES, Database, Reader, failure

PRECISION = timedelta(minutes=1)
"""How exactly the last use of a session or token is known: it is not a write a request."""

_WHO = """
    'account', a.id, 'roles', to_jsonb(a.roles || ARRAY(
        SELECT unnest(g.roles) FROM masthead.membership m JOIN masthead.account_group g ON g.id = m.group_id
        WHERE m.account_id = a.id)),
    'groups', ARRAY(
        SELECT g.name FROM masthead.membership m JOIN masthead.account_group g ON g.id = m.group_id
        WHERE m.account_id = a.id)"""

_SESSION = f"""
SELECT json_build_object('id', s.id, 'is_stale', s.used_at < $4, {_WHO})
FROM masthead.session s JOIN masthead.account a ON a.id = s.account_id
WHERE s.digest = $1 AND s.expires_at > $2 AND s.used_at > $3 AND a.suspended_at IS NULL"""  # noqa: S608 - constants of this module

_TOKEN = f"""
SELECT json_build_object('id', t.id, 'scopes', t.scopes,
    'is_stale', t.used_at IS NULL OR t.used_at < $3, {_WHO})
FROM masthead.api_token t JOIN masthead.account a ON a.id = t.account_id
WHERE t.digest = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)
    AND a.suspended_at IS NULL"""  # noqa: S608 - constants of this module


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A viewer, and the session it comes through; none for a token."""

    viewer: Viewer
    session: UUID | None = None


class Identity:
    """Looks up who sends a request, through `reader` where there is one: the connections of `database` are
    few, and for writing."""

    def __init__(
        self,
        database: Database,
        rules: Rules,
        clock: Callable[[], datetime] = utc_now,
        reader: Reader | None = None,
    ) -> None:
        self._database = database
        self._reader = reader or database.drafts
        self._rules = rules
        self._clock = clock

    async def of_session(self, secret: str) -> SignedIn | None:
        """Who is signed in with the cookie's `secret`; None once it has ended. Raises UnavailableError."""
        now = self._clock()
        found = await self._find(_SESSION, digest(secret), now, now - self._rules.idle, now - PRECISION)
        if found is None:
            return None
        session = UUID(found["id"])
        if found["is_stale"]:
            await self._touch("UPDATE masthead.session SET used_at = $2 WHERE id = $1", session, now)
        return SignedIn(_viewer(found), session)

    async def of_token(self, text: str) -> SignedIn | None:
        """Whose API token it is; None for one that is not valid, or not any more. Raises UnavailableError."""
        if not is_token(text):
            return None
        now = self._clock()
        found = await self._find(_TOKEN, digest(text), now, now - PRECISION)
        if found is None:
            return None
        token = UUID(found["id"])
        if found["is_stale"]:
            await self._touch("UPDATE masthead.api_token SET used_at = $2 WHERE id = $1", token, now)
        return SignedIn(_viewer(found, token, frozenset(found["scopes"])))

    async def _find(self, sql: str, *arguments: Any) -> dict[str, Any] | None:
        rows = await self._reader.fetch_rows(sql, arguments)
        return orjson.loads(rows[0][0] or b"null") if rows else None

    async def _touch(self, sql: str, subject: UUID, now: datetime) -> None:
        try:
            async with self._database.transaction() as transaction:
                await transaction.execute(sql, subject, now)
        except FAILURES as error:
            raise failure(error) from error


def _viewer(
    found: Mapping[str, Any], token: UUID | None = None, scopes: frozenset[str] | None = None
) -> Viewer:
    return Viewer(
        UUID(found["account"]), frozenset(found["roles"]), frozenset(found["groups"]), scopes, token
    )
