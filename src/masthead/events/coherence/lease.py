"""A process's leave to answer from memory: what the database has of it, and what this process makes of it."""

import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

from masthead.kernel import new_id
from masthead.store import Sole

MARGIN = 0.1
"""Seconds that a lease ends earlier here than others wait for it: more than two clocks differ after one."""

_TAKE = """
INSERT INTO masthead.lease AS l (process, applied, taken_at) VALUES ($1, $2, clock_timestamp())
ON CONFLICT (process) DO UPDATE
SET applied = greatest(l.applied, EXCLUDED.applied), taken_at = EXCLUDED.taken_at
"""
"""What was sent before and arrives late, over a connection that was given up, must not take anything back."""

_QUICKLY = "set_config('synchronous_commit', 'off', true) IS NOT NULL"
"""For this transaction, so it does not wait for the disk. A server that crashes may forget how far a process
has come: then others wait for it. It must not forget that there is one, so the first row does wait."""

_RENEW = f"""
UPDATE masthead.lease SET applied = greatest(applied, $2), taken_at = clock_timestamp()
WHERE process = $1 AND {_QUICKLY} RETURNING true
"""  # noqa: S608 - a constant

_NOTE = f"UPDATE masthead.lease SET applied = greatest(applied, $2) WHERE process = $1 AND {_QUICKLY}"  # noqa: S608 - a constant

_GIVE_UP = "DELETE FROM masthead.lease WHERE process = $1"

Clock = Callable[[], float]


boot_time: Clock = partial(time.clock_gettime, getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
"""Seconds of a clock that only goes forward, also while the machine sleeps and this process is stopped. Never
the event loop's: uvloop reads that once a turn. A partial, because it is asked before each answer."""


class Lease:
    """The lease of one process. A process is new each time it starts."""

    def __init__(self, length: float, clock: Clock = boot_time) -> None:
        self._process: UUID = new_id()
        self._length = length
        self._clock = clock
        self._sent = 0.0
        self.ends = 0.0
        """When it ends here, by `clock`."""

    @property
    def is_running(self) -> bool:
        """Whether this process may answer from memory now."""
        return self._clock() < self.ends

    async def take(self, session: Sole, applied: int) -> None:
        """Have the database know it, from now on. It runs here only once `confirm` is called: when the
        changes that were read after this have been reacted to."""
        self._sent = self._clock()
        if not await session.fetch(_RENEW, self._process, applied):
            await session.fetch(_TAKE, self._process, applied)

    async def note(self, session: Sole, applied: int) -> None:
        """Have the database know what was reacted to, without running any longer."""
        await session.fetch(_NOTE, self._process, applied)

    def confirm(self) -> None:
        """Nothing was behind when the changes were read after the last `take`."""
        self.ends = self._sent + self._length - MARGIN

    def end(self) -> None:
        """It runs no longer here: from now on nothing is answered from memory."""
        self.ends = 0.0

    async def give_up(self, session: Sole) -> None:
        """End it, and let nobody wait for this process."""
        self.end()
        await session.fetch(_GIVE_UP, self._process)
