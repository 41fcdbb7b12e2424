"""The readers-writer lock of all commands, and the rows beneath it.

Shared: commands that change neither an address nor what is public or there. They run side by side; two on
one entry wait for each other at its row. Exclusive: everything else, and imports. So nobody's address,
presence or publication changes under a command, and who refers to what can be projected anew without a
deadlock. First this lock, then rows in the order of their ids.
"""

from masthead.store import Transaction

_KEY = 0x456E7472  # "Entr"


class ExclusiveLockNeededError(Exception):
    """A command in shared mode has found out that it needs the exclusive lock: it begins again in it."""


async def hold_entries(transaction: Transaction, *, is_exclusive: bool) -> None:
    """Take the lock until the transaction ends. Never take it exclusively after having taken it shared:
    two that do so wait for each other."""
    function = "pg_advisory_xact_lock" if is_exclusive else "pg_advisory_xact_lock_shared"
    await transaction.execute(f"SELECT {function}($1)", _KEY)
