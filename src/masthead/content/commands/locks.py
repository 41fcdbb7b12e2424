"""The readers-writer lock of all commands, and the rows beneath it.

Shared: commands that change no address and take nothing away. They run side by side; two on one entry wait
for each other at its row. An entry may become public beside them, if nothing that is public links to it; so
in shared mode nothing that is public comes to link to what is not. Exclusive: everything else, and imports.
So what is public stays so under a command, at its address, and who refers to what can be projected anew
without a deadlock. First this lock, then rows in the order of their ids.
"""

from collections.abc import Sequence
from uuid import UUID

from masthead.store import Transaction

_KEY = 0x456E7472  # "Entr"


class ExclusiveLockNeededError(Exception):
    """A command in shared mode has found out that it needs the exclusive lock: it begins again in it."""


_HOLD_FOR = """
SELECT needed, CASE WHEN needed THEN pg_advisory_xact_lock($1) ELSE pg_advisory_xact_lock_shared($1) END
FROM (
    SELECT count(*) > 1 OR coalesce(bool_or(EXISTS (
        SELECT FROM masthead.link WHERE target = e.id AND stage = 'live'
    )), false) AS needed
    FROM masthead.entry AS e WHERE e.id = ANY($2::uuid[]) AND e.published IS NULL
) AS found
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
    """Take the lock, exclusively where several of the entries are not public yet, or one that something
    public links to; whether it is. They may be others by the time that the lock is there: it is a guess."""
    return bool((await transaction.fetch(_HOLD_FOR, _KEY, list(entries)))[0]["needed"])
