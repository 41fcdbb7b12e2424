"""What waits for one operation of one client until its transport fetches it."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

Wake = Callable[[], None]
"""Tells a transport that a mailbox of its has something."""


class Payload(NamedTuple):
    """An ExecutionResult. `id` is what a client resumes from; `is_refusal`: it holds nothing but errors, and
    is the last."""

    body: bytes
    id: str | None = None
    is_refusal: bool = False


class Mailbox:
    """Payloads in their order, at most `longest`."""

    __slots__ = ("_longest", "_waiting", "_wake", "is_over")

    def __init__(self, wake: Wake, longest: int = 1) -> None:
        self._wake = wake
        self._waiting: deque[Payload] = deque()
        self._longest = longest
        self.is_over = False
        """Whether nothing comes behind what waits."""

    def put(self, payload: Payload) -> bool:
        """Add it; False where there is no room."""
        if len(self._waiting) >= self._longest:
            return False
        self._waiting.append(payload)
        self._wake()
        return True

    def end(self, last: Payload | None = None) -> None:
        """Nothing comes any more, but for `last`. With one, what waits is let go: it says why."""
        if self.is_over:
            return
        if last is not None:
            self._waiting.clear()
            self._waiting.append(last)
        self.is_over = True
        self._wake()

    def drain(self) -> list[Payload]:
        """All that waits."""
        found = [*self._waiting]
        self._waiting.clear()
        return found

    def close(self) -> None:
        """The client listens no more."""
        self.is_over = True
