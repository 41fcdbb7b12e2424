"""What goes out, and what comes back: all that this room knows of HTTP."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A POST of `body` to `url`."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` None: there was no answer, for what `error` says. `body` is the beginning only."""

    status: int | None
    body: bytes = b""
    retry_after: str | None = None
    error: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the receiver has taken it: 2xx. A redirect is not followed, so it is none."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == 410


Send = Callable[[Message], Awaitable[Reply]]
"""Sends a message. Never raises for what the receiver or the network does."""
