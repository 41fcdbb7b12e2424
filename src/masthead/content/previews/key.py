"""The key that previews are signed with: one for all processes, made by whoever needs it first."""

import secrets

from masthead.store import Transaction

_NAME, _BYTES = "preview", 32


async def signing_key(transaction: Transaction) -> bytes:
    """The key. Of two that make one at the same moment, both get the same."""
    # The second waits for the first one's commit, changes nothing, and reads what that has written.
    await transaction.execute(
        "INSERT INTO masthead.secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        _NAME,
        secrets.token_bytes(_BYTES),
    )
    return bytes(await transaction.fetch_value("SELECT value FROM masthead.secret WHERE name = $1", _NAME))
