"""Deadlines by a clock that a test turns: one timer for all of them."""

from collections.abc import Callable

from masthead.roles.api.deadlines import Deadlines


class Clock:
    """Stands still until it is turned; counts the timers that were set."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.set = 0

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], None], /) -> None:
        self.timers.append((when, callback))
        self.set += 1

    def turn(self, to: float) -> None:
        """Everything that is due until then happens in its time."""
        while due := sorted((each for each in self.timers if each[0] <= to), key=lambda each: each[0]):
            self.timers.remove(due[0])
            self.now = due[0][0]
            due[0][1]()
        self.now = to


class Request:
    """Knows when it was cut."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.cut_at: float | None = None

    def cut(self) -> None:
        self.cut_at = self._clock.now


def test_each_is_cut_in_its_own_time() -> None:
    """Whoever began later has as long."""
    clock = Clock()
    deadlines = Deadlines(30, clock)
    requests = [Request(clock) for _ in range(3)]
    for request in requests:
        deadlines.begin(request)
        clock.turn(clock.now + 10)
    clock.turn(100)
    assert [each.cut_at for each in requests] == [30, 40, 50]
    assert clock.timers == []


def test_who_ends_is_not_cut() -> None:
    """Neither before nor after others are; ending twice is no mistake."""
    clock = Clock()
    deadlines = Deadlines(30, clock)
    first, second, third = requests = [Request(clock) for _ in range(3)]
    for request in requests:
        deadlines.begin(request)
    for request in (first, third, third):
        deadlines.end(request)
    clock.turn(100)
    assert [each.cut_at for each in requests] == [None, 30, None]
    deadlines.end(second)


def test_a_thousand_quick_requests_set_one_timer() -> None:
    """And another one only when that has gone off."""
    clock = Clock()
    deadlines = Deadlines(30, clock)
    for _ in range(1000):
        deadlines.begin(request := Request(clock))
        deadlines.end(request)
    assert clock.set == 1
    clock.turn(29)
    deadlines.begin(slow := Request(clock))
    clock.turn(100)
    assert (slow.cut_at, clock.set, clock.timers) == (59, 2, [])


def test_one_that_is_cut_may_end_others() -> None:
    """What happens then changes what is waited for."""
    clock = Clock()
    deadlines = Deadlines(30, clock)

    class Ending(Request):
        def cut(self) -> None:
            super().cut()
            deadlines.end(other)
            deadlines.begin(again)

    first, other, again = Ending(clock), Request(clock), Request(clock)
    deadlines.begin(first)
    clock.turn(1)
    deadlines.begin(other)
    clock.turn(100)
    assert (first.cut_at, other.cut_at, again.cut_at) == (30, None, 60)
