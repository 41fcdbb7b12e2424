"""Where the relay must begin to look. Below it nothing is pending, nor will be.

Without it the relay would walk over every event that it has given a position while some transaction keeps
PostgreSQL from cleaning up: 7 ms behind 100,000 of them, at every look.

A transaction has its number before its events get theirs. So once all transactions are over that had one
when the sequence stood at some number, what is at or below it is seen or was rolled back. Transactions that
only read have no number: however long they last, they hold nothing up here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the outbox has found, in one snapshot. `oldest` is the number of the oldest
    transaction that was not over; `own` that of the look itself, which only one has that gave positions;
    `last` is where the sequence stood then. `is_whole`: nothing that was pending was left."""

    oldest: int
    own: int | None
    last: int
    is_whole: bool


class Frontier:
    """Moves on as transactions end."""

    def __init__(self) -> None:
        self.floor = 0
        self._read: int | None = None
        self._waiting: tuple[int, int] | None = None

    def note(self, look: Look) -> None:
        """Looks come in the order in which they were made, all of one relay."""
        if self._waiting is not None:
            last, following = self._waiting
            if look.is_whole and look.oldest >= following:
                self.floor, self._waiting = last + 1, None
        elif self._read is None:
            self._read = look.last
        elif look.own is not None:
            # Given out after the sequence was read: whoever had taken from it has a smaller one.
            self._waiting, self._read = (self._read, look.own), None
