"""Devices that somebody signed in on before: a signed cookie says so, for that account and no other.

It proves nothing but that, and opens nothing. What is tried with it is counted by itself (`attempts`), so
failures from the same network do not hold it up: device cookies, as OWASP describes them.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from masthead.store import Database, Transaction

LASTS = timedelta(days=400)
"""As long as browsers keep a cookie at most (RFC 6265bis, section 5.5)."""

_NAME = "device"


class Devices:
    """Makes and reads the cookie."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: bytes | None = None

    async def new(self, transaction: Transaction, account: UUID) -> str:
        """The cookie of a device on which `account` has just signed in."""
        name = secrets.token_hex(16)
        return f"{name}.{_sign(await _read_key(transaction), name, account)}"

    async def known(self, cookie: str | None, account: UUID | None) -> str | None:
        """The device's name, where the cookie is one that `account` was given."""
        if cookie is None or account is None:
            return None
        if self._key is None:
            async with self._database.transaction() as transaction:
                key = await _read_key(transaction)
            self._key = key  # only now: what has not committed is nobody's key
        name, _, signature = cookie.partition(".")
        expected = _sign(self._key, name, account)
        return name if hmac.compare_digest(signature.encode(), expected.encode()) else None


async def _read_key(transaction: Transaction) -> bytes:
    """The key of all processes, made by whoever needs it first."""
    await transaction.execute(
        "INSERT INTO masthead.secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        _NAME,
        secrets.token_bytes(32),
    )
    return bytes(await transaction.fetch_value("SELECT value FROM masthead.secret WHERE name = $1", _NAME))


def _sign(key: bytes, name: str, account: UUID) -> str:
    return hmac.new(key, f"{_NAME} {name} {account}".encode(), hashlib.sha256).hexdigest()
