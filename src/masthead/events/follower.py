"""One reader of the feed: what came while it was not looking, up to a bound."""

import asyncio
from collections import deque
from collections.abc import Sequence

from masthead.events.stored import StoredEvent
from masthead.kernel import MastheadError


class LaggedError(MastheadError):
    """A follower did not keep up: more has come than is kept for it. It may begin again where it was."""

    is_retryable = True


class EventsGoneError(MastheadError):
    """What is asked for is older than what is kept: read the present state, and follow from now."""


class Follower:
    """Batches of one reader, at most `longest` events at once."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._batches: deque[Sequence[StoredEvent]] = deque()
        self._waiting = 0
        self._has_lagged = False
        self._noticed = asyncio.Event()

    def put(self, events: Sequence[StoredEvent]) -> None:
        """More has come. Never waits: a reader that has too much lying there is ended at its next step."""
        if self._has_lagged:
            return
        self._waiting += len(events)
        if self._waiting > self._longest:
            self._has_lagged = True
            self._batches.clear()
        else:
            self._batches.append(events)
        self._noticed.set()

    async def take(self) -> list[StoredEvent]:
        """All that waits, at least one. Raises LaggedError."""
        await self._noticed.wait()
        if self._has_lagged:
            raise LaggedError(
                "feed-lagged",
                f"A follower of events is more than {self._longest} behind.",
                "Follow again, from the last position that was handled.",
            )
        self._noticed.clear()
        events = [event for batch in self._batches for event in batch]
        self._batches.clear()
        self._waiting = 0
        return events
