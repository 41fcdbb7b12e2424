"""Everybody who listens: how many there may be, who is still who, and how all are let go."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from masthead.kernel import MastheadError, UnavailableError

log = structlog.get_logger("masthead.graphql")

IsStill = Callable[[], Awaitable[bool]]
"""Whether a client is still who it was."""


@dataclass(frozen=True, slots=True)
class LiveBounds:
    """`each`: clients of one address; `operations`: of one socket; `send_seconds`: to accept a message;
    `check_seconds`: between two looks whether those who are signed in still are, and may what they might."""

    clients: int = 2_000
    each: int = 100
    operations: int = 50
    send_seconds: float = 10.0
    check_seconds: float = 20.0
    init_seconds: float = 10.0
    heartbeat: float = 15.0


@dataclass(frozen=True, slots=True)
class Dropped:
    """Why a client is let go: `code` is a WebSocket's, `reason` one word for metrics and logs."""

    code: int
    reason: str


SLOW = Dropped(1013, "slow")
OVER = Dropped(4403, "signed-out")
CLOSING = Dropped(1001, "closing")


@dataclass(eq=False, slots=True)
class Client:
    """One connection. `drop` lets it go, for a reason."""

    transport: str
    address: str | None
    drop: Callable[[Dropped], None]
    is_still: IsStill | None = None


@dataclass(eq=False)
class Clients:
    """Those of one process."""

    bounds: LiveBounds = field(default_factory=LiveBounds)
    dropped: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    _open: set[Client] = field(default_factory=set)
    _by_address: Counter[str | None] = field(default_factory=Counter)
    _is_closed: bool = False

    def count(self, transport: str) -> int:
        """How many there are."""
        return sum(each.transport == transport for each in self._open)

    def enter(self, client: Client) -> None:
        """Raises UnavailableError when there is no room."""
        full = len(self._open) >= self.bounds.clients or self._is_closed
        if full or self._by_address[client.address] >= self.bounds.each:
            self.dropped["full"] += 1
            whose = "this process" if full else "this address"
            raise UnavailableError(
                "live-full", f"As many clients listen at {whose} as may.", "Try again later, or poll."
            )
        self._open.add(client)
        self._by_address[client.address] += 1

    def leave(self, client: Client) -> None:
        """It is gone."""
        if client in self._open:
            self._open.discard(client)
            self._by_address[client.address] -= 1
            if not self._by_address[client.address]:
                del self._by_address[client.address]

    def let_go(self, client: Client, why: Dropped) -> None:
        """End it."""
        self.dropped[why.reason] += 1
        client.drop(why)

    def close(self) -> None:
        """Let all go; nobody enters any more."""
        self._is_closed = True
        for each in [*self._open]:
            each.drop(CLOSING)

    async def watch(self) -> None:
        """Let those go who are not any more who they were, until cancelled."""
        while True:
            await asyncio.sleep(self.bounds.check_seconds)
            for each in [*self._open]:
                if each.is_still is not None and not await self._look(each.is_still):
                    self.let_go(each, OVER)

    async def _look(self, is_still: IsStill) -> bool:
        try:
            return await is_still()
        except MastheadError as error:  # nothing is read meanwhile, either
            log.warning("live.unwatched", code=error.code, **error.context)
            return True
