"""Many deadlines, one timer: to begin and to end one costs an entry in a dictionary.

A timer for each request, as `asyncio.timeout` sets it, costs four microseconds, a quarter of what all layers
around an API cost, and in a healthy process none of them ever goes off.
"""

from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """What is needed of an event loop."""

    def time(self) -> float:
        """Seconds since some moment."""

    def call_at(self, when: float, callback: Callable[[], None], /) -> object:
        """Calls back at `when`."""


class Late(Protocol):
    """Who has a deadline."""

    def cut(self) -> None:
        """It is over."""


class Deadlines:
    """Those of one event loop. Each is `seconds` long, so that they end in the order in which they began."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
        self._ends: dict[Late, float] = {}
        self._has_timer = False

    def begin(self, who: Late) -> None:
        """Cut it in `seconds`, unless it ends before."""
        end = self._ends[who] = self._clock.time() + self.seconds
        if not self._has_timer:
            self._has_timer = True
            self._clock.call_at(end, self._look)

    def end(self, who: Late) -> None:
        """It has done what it had to."""
        self._ends.pop(who, None)

    def _look(self) -> None:
        """Cut those that are over, and look again when the first of the others should be."""
        now = self._clock.time()
        over = []
        for who, end in self._ends.items():
            if end > now:
                self._clock.call_at(end, self._look)
                break
            over.append(who)
        else:
            self._has_timer = False
        for who in over:
            del self._ends[who]
            who.cut()
