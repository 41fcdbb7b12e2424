"""Keys of programs that may send a command twice: the second one gets the outcome of the first.

The key's row is inserted first of all, so that a second command of the same key waits at it until the
first has ended; only what was done is kept. PostgreSQL takes the row back if the process dies.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from masthead.content.commands.command import Changed, Command, Outcome
from masthead.kernel import ConflictError, InputError
from masthead.store import Transaction

KEPT = timedelta(days=1)
_NOBODY = UUID(int=0)
"""The platform has no account."""
_LONGEST = 200

_EXPIRE = """
DELETE FROM masthead.idempotency WHERE (account, key) IN (
    SELECT account, key FROM masthead.idempotency WHERE created_at < $1 LIMIT 100 FOR UPDATE SKIP LOCKED)
"""
_CLAIM = """
INSERT INTO masthead.idempotency AS i (account, key, digest, outcome, created_at)
VALUES ($1, $2, $3, '{}', $4)
ON CONFLICT (account, key) DO UPDATE
    SET digest = EXCLUDED.digest, outcome = EXCLUDED.outcome, created_at = EXCLUDED.created_at
    WHERE i.created_at < $5
RETURNING key
"""


async def claim_key(
    transaction: Transaction, account: UUID | None, key: str, command: Command, now: datetime
) -> Outcome | None:
    """None for a key that is new; what came of it for one that is not. Raises ConflictError where the key
    was another command's."""
    if not 0 < len(key) <= _LONGEST or not key.isprintable():
        raise InputError(
            "key-invalid",
            f"An idempotency key has 1 to {_LONGEST} printable characters.",
            "Send a random one, such as a UUID.",
        )
    digest = _digest(command)
    owner = account or _NOBODY
    await transaction.execute(_EXPIRE, now - KEPT)
    if await transaction.fetch_value(_CLAIM, owner, key, digest, now, now - KEPT) is not None:
        return None
    rows = await transaction.fetch(
        "SELECT digest, outcome FROM masthead.idempotency WHERE account = $1 AND key = $2", owner, key
    )
    if rows[0]["digest"] != digest:
        raise ConflictError(
            "key-reused",
            f'The idempotency key "{key}" was sent with another command.',
            "Send a new key with a new command.",
        )
    return _outcome(orjson.loads(rows[0]["outcome"]))


async def keep_outcome(transaction: Transaction, account: UUID | None, key: str, outcome: Outcome) -> None:
    """Keep what came of the command, in its transaction."""
    await transaction.execute(
        "UPDATE masthead.idempotency SET outcome = $3 WHERE account = $1 AND key = $2",
        account or _NOBODY,
        key,
        orjson.dumps(outcome, default=str).decode(),
    )


def _digest(command: Command) -> str:
    """SHA-256 of the command: the same for the same values, in whatever order they came."""
    value = [type(command).__name__, _plain(command)]
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: Any) -> Any:
    """With the names of the classes: a bulk holds commands that may have the same fields."""
    if hasattr(value, "__dataclass_fields__"):
        fields = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {"": type(value).__name__, **fields}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _outcome(value: Mapping[str, Any]) -> Outcome:
    entries = tuple(
        Changed(
            **{
                **each,
                "entry": UUID(each["entry"]),
                "head": UUID(each["head"]),
                "published": _id(each["published"]),
            }
        )
        for each in value["entries"]
    )
    return Outcome(
        entries, _id(value["schedule"]), _id(value["release"]), is_repeated=True, detail=value["detail"]
    )


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
