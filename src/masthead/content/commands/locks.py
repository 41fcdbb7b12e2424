"""The readers-writer lock of all commands, and the rows beneath it.

Shared: commands that change neither an address nor what is public or there. They run side by side; two on
one entry wait for each other at its row. Exclusive: everything else, and imports. So nobody's address,
presence or publication changes under a command, and who refers to what can be projected anew without a
deadlock. First this lock, then rows in the order of their ids.
"""

from collections.abc import Sequence
from uuid import UUID

from masthead.store import Transaction

_KEY = 0x456E7472  # "Entr"


class ExclusiveLockNeededError(Exception):
    """A command in shared mode has found out that it needs the exclusive lock: it begins again in it."""


_HOLD_FOR = """
SELECT is_first, CASE WHEN is_first THEN pg_advisory_xact_lock($1) ELSE pg_advisory_xact_lock_shared($1) END
FROM (SELECT EXISTS (
    SELECT FROM masthead.entry WHERE id = ANY($2::uuid[]) AND published IS NULL
) AS is_first) AS found
"""


def holding_entries(*, is_exclusive: bool) -> str:
    """The statement of `hold_entries`, for a transaction to open with."""
    function = "pg_advisory_xact_lock" if is_exclusive else "pg_advisory_xact_lock_shared"
    return f"SELECT {function}({_KEY})"


async def hold_entries(transaction: Transaction, *, is_exclusive: bool) -> None:
    """Take the lock until the transaction ends. Never take it exclusively after having taken it shared:
    two that do so wait for each other."""
    await transaction.execute(holding_entries(is_exclusive=is_exclusive))


async def hold_to_publish(transaction: Transaction, entries: Sequence[UUID]) -> bool:
    """Take the lock, exclusively where one of the entries is not public yet; whether it is. They may be
    others by the time that the lock is there: it is a guess."""
    return bool((await transaction.fetch(_HOLD_FOR, _KEY, list(entries)))[0]["is_first"])
