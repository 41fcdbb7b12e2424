"""Nothing that is pending, or can become so, is ever below the frontier: against a simulated server."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from masthead.events.frontier import Frontier, Look


@dataclass
class Server:
    """Transactions that take numbers, as PostgreSQL gives them; some last long, some are rolled back."""

    chance: random.Random
    next_transaction: int = 1
    last: int = 0
    over: int = 0
    horizon: int = 0
    running: dict[int, list[int]] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)

    def step(self) -> None:
        """Something happens to one transaction."""
        match self.chance.choices(("begin", "take", "end"), (3, 4, 4))[0]:
            case "begin":
                self.running[self.next_transaction] = []
                self.next_transaction += 1
            case "take" if self.running:
                self.last += 1
                self.running[self.chance.choice([*self.running])].append(self.last)
            case "end" if self.running:
                # Mostly the youngest: some are there for long.
                running = sorted(self.running)
                key = running[-1] if self.chance.random() < 0.5 else self.chance.choice(running)
                taken = self.running.pop(key)
                self.over = max(self.over, key)
                if self.chance.random() < 0.8:
                    self.pending.update(taken)

    def look(self, floor: int, size: int) -> Look:
        """As the relay's statement does: one snapshot, then its own number, and the sequence some time."""
        oldest = min(self.running, default=self.over + 1)
        seen = sorted(each for each in self.pending if each >= floor)[:size]
        self.pending.difference_update(seen)
        self.horizon = self.over + 1
        own = None
        if seen:
            own = self.over = self.next_transaction
            self.next_transaction += 1
        for _ in range(self.chance.randrange(4)):
            self.step()
        return Look(oldest, own, self.last, is_whole=len(seen) < size)


class Hasty(Frontier):
    """Takes both numbers from the same look: the sequence may have been read later."""

    def note(self, look: Look) -> None:
        """As a frontier does, but in a hurry."""
        if self._waiting is not None and look.is_whole and look.oldest >= self._waiting[1]:
            self.floor, self._waiting = self._waiting[0] + 1, None
        if self._waiting is None and look.own is not None:
            self._waiting = (look.last, look.own)


class ByHorizon(Frontier):
    """Takes the end of a snapshot for a number that nobody has: transactions that run may be beyond it."""

    def __init__(self, server: "Server") -> None:
        super().__init__()
        self._server = server

    def note(self, look: Look) -> None:
        """As a frontier does."""
        super().note(Look(look.oldest, self._server.horizon, look.last, look.is_whole))


def missed(server: Server, frontier: Frontier) -> int:
    """How many numbers the frontier has left behind."""
    behind: set[int] = set()
    for _ in range(400):
        for _ in range(server.chance.randrange(6)):
            server.step()
        frontier.note(server.look(frontier.floor, size=6))
        taken = server.pending.union(*server.running.values())
        behind |= {each for each in taken if each < frontier.floor}
    return len(behind)


def servers() -> Iterator[Server]:
    """One for each seed."""
    for seed in range(40):
        yield Server(random.Random(seed))


def test_nothing_is_left_behind() -> None:
    """Whatever order transactions begin, take numbers and end in; and it does move."""
    for server in servers():
        frontier = Frontier()
        assert missed(server, frontier) == 0
        assert frontier.floor > 0


def test_a_hasty_one_is_found_out() -> None:
    """The simulation can tell."""
    assert sum(missed(server, Hasty()) for server in servers()) > 0


def test_one_that_mistakes_the_horizon_is_found_out() -> None:
    """The relay did, until a backlog of 100,000 events took half a minute."""
    assert sum(missed(server, ByHorizon(server)) for server in servers()) > 0
