"""Nothing that is pending, or can become so, is ever below the frontier: against a simulated server."""

import random
from dataclasses import dataclass, field

import pytest

from masthead.events.frontier import Frontier, Look


@dataclass
class Server:
    """Transactions that take numbers, as PostgreSQL gives them; some last long, some are rolled back."""

    chance: random.Random
    next_transaction: int = 1
    last: int = 0
    running: dict[int, list[int]] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)

    def step(self) -> None:
        """Something happens to one transaction."""
        match self.chance.choices(("begin", "take", "end"), (3, 4, 3))[0]:
            case "begin":
                self.running[self.next_transaction] = []
                self.next_transaction += 1
            case "take" if self.running:
                self.last += 1
                self.running[self.chance.choice([*self.running])].append(self.last)
            case "end" if self.running:
                # The younger they are the sooner they end: some are there all the time.
                key = sorted(self.running)[
                    -1 if self.chance.random() < 0.6 else self.chance.randrange(-3, 0) % len(self.running)
                ]
                taken = self.running.pop(key)
                if self.chance.random() < 0.8:
                    self.pending.update(taken)

    def look(self, floor: int, size: int) -> Look:
        """As the relay's statement does: one snapshot, and the sequence read at another moment."""
        oldest, following = min(self.running, default=self.next_transaction), self.next_transaction
        seen = sorted(each for each in self.pending if each >= floor)[:size]
        self.pending.difference_update(seen)
        for _ in range(self.chance.randrange(3)):
            self.step()
        return Look(oldest, following, self.last, is_whole=len(seen) < size)


class Hasty(Frontier):
    """Takes number and snapshot from the same look: wrong, the number may be the later one."""

    def note(self, look: Look) -> None:
        """As a frontier does, but in a hurry."""
        if self._waiting is not None and look.is_whole and look.oldest >= self._waiting[1]:
            self.floor, self._waiting = self._waiting[0] + 1, None
        if self._waiting is None:
            self._waiting = (look.last, look.next)


def missed(frontier: Frontier, seed: int) -> int:
    """How many numbers the frontier has left behind."""
    server = Server(random.Random(seed))
    behind: set[int] = set()
    for _ in range(400):
        for _ in range(server.chance.randrange(6)):
            server.step()
        frontier.note(server.look(frontier.floor, size=3))
        taken = server.pending.union(*server.running.values())
        behind |= {each for each in taken if each < frontier.floor}
    return len(behind)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_left_behind(seed: int) -> None:
    """Whatever order transactions begin, take numbers and end in; and it does move."""
    frontier = Frontier()
    assert missed(frontier, seed) == 0
    assert frontier.floor > 0


def test_a_hasty_one_is_found_out() -> None:
    """The simulation can tell."""
    assert sum(missed(Hasty(), seed) for seed in range(40)) > 0
