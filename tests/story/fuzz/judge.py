"""The judge asks a server and finds out what it must not do: fail, stall, burn a processor, grow or die.

Processor time is the server's own, from /proc: how busy the machine is makes no difference to it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil
from tests.story.fuzz.exchange import Answer, End, Request, exchange

FAILURES = (b'"SERVER_ERROR"', b'"DATABASE_ERROR"')
"""Codes of GraphQL errors that say that the server failed, whatever the status."""

MOST_HELD = 40
"""Connections that are left open at a time; the oldest is closed for a new one."""


class FoundError(AssertionError):
    """What the server must not do, and the request that it did it for."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`cpu` and `patience` in seconds for each request; `growth` in bytes, from `settle` on."""

    cpu: float = 1.0
    patience: float = 30.0
    growth: int = 16 * 2**20


@dataclass(slots=True)
class Judge:
    """Asks the server on `port`, which is `process`. The processor time of `helpers` counts as its own."""

    port: int
    process: psutil.Process
    helpers: Sequence[psutil.Process] = ()
    bounds: Bounds = field(default_factory=Bounds)
    statuses: Counter[str] = field(default_factory=Counter)
    """How many answers of each family had which status."""
    slowest: tuple[float, str] = (0.0, "")
    """Processor seconds, and the request that took them."""
    _held: list[Answer] = field(default_factory=list)
    _spent: float | None = None
    _settled: int | None = None

    def ask(self, request: Request) -> None:
        """Raises FoundError."""
        if self._spent is None:
            self._spent = self._processor_time()
        answer = self._exchange(request)
        self._check_alive(request)
        self._check_answer(request, answer)
        self._check_processor_time(request)

    def settle(self) -> None:
        """Everything that the server keeps is there by now: from here on it does not grow."""
        self._settled = self.memory()

    def check_memory(self) -> int:
        """How many bytes it grew since `settle`. Raises FoundError."""
        assert self._settled is not None
        grown = self.memory() - self._settled
        if grown > self.bounds.growth:
            raise FoundError(f"memory grew by {grown:,} bytes; the bound is {self.bounds.growth:,}")
        return grown

    def memory(self) -> int:
        """Bytes of the server that are in memory."""
        return int(self.process.memory_info().rss)

    def close(self) -> None:
        """Close whatever was left open."""
        while self._held:
            self._let_go()

    def _exchange(self, request: Request) -> Answer:
        try:
            answer = exchange(self.port, request, self.bounds.patience)
        except TimeoutError:
            raise FoundError(f"no answer within {self.bounds.patience} s to {request}") from None
        except ConnectionError:
            raise FoundError(f"nothing listens any more before {request}") from None
        if answer.connection is not None:
            self._held.append(answer)
            if len(self._held) > MOST_HELD:
                self._let_go()
        return answer

    def _let_go(self) -> None:
        connection = self._held.pop(0).connection
        assert connection is not None
        connection.close()

    def _check_alive(self, request: Request) -> None:
        if not self.process.is_running() or self.process.status() == psutil.STATUS_ZOMBIE:
            raise FoundError(f"process {self.process.pid} ended with {request}")

    def _check_answer(self, request: Request, answer: Answer) -> None:
        statuses = answer.statuses
        self.statuses.update(f"{request.family} {status}" for status in statuses or ["none"])
        if any(status >= 500 for status in statuses) or any(each in answer.data for each in FAILURES):
            raise FoundError(f"a failure, {answer.data[:2000]!r}, to {request}")
        if request.end is End.WAIT and not statuses and not answer.is_reset:
            raise FoundError(f"the connection was closed without an answer to {request}")

    def _check_processor_time(self, request: Request) -> None:
        before, self._spent = self._spent or 0, self._processor_time()
        seconds = self._spent - before
        if seconds > self.slowest[0]:
            self.slowest = seconds, str(request)
        if seconds > self.bounds.cpu:
            raise FoundError(f"{seconds:.2f} s of processor time for {request}")

    def _processor_time(self) -> float:
        """Of the server and its helpers. What ended counts no more: children come and go."""
        return sum(_processor_time(each) for each in (self.process, *self.helpers))


def _processor_time(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
