"""What a handler is given, and what it can say."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from masthead.kernel import utc_now


class RetryJob(Exception):  # noqa: N818 - no error: a handler's answer
    """Raised by a handler: run it again at `at` (UTC). However often it says so, the job does not fail."""

    def __init__(self, at: datetime, reason: str = "") -> None:
        super().__init__(reason or f"again at {at.isoformat()}")
        self.at = at
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total`, where that is known, in words of its own."""

    done: int
    total: int | None = None
    note: str = ""


async def _unheard(_: Progress) -> None:
    """For a run that nobody follows, such as one of a test."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a job. Any run may be the second of the same work: a worker can die after it has done
    everything and before it could say so. `attempt` is 1 for the first run; those in which a worker died
    count. `id` and `enqueued_at` (UTC) are the same in every run."""

    id: int
    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    attempt: int = 1
    enqueued_at: datetime = field(default_factory=utc_now)
    tell: Callable[[Progress], Awaitable[None]] = _unheard

    async def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Tell how far it is; at most once a second is written."""
        await self.tell(Progress(done, total, note))


Handle = Callable[[JobRun], Awaitable[None]]
"""Does the work. Idempotent. Returns: done. Raises RetryJob: later. Raises anything else: again after a
pause, until there were too many attempts; then the job has failed, and people see it."""


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of a kind are done: `attempts` at most, with a pause of `first_pause` after the first that
    fails, each then twice as long, none over `longest_pause`; a run over `longest` fails. `every`: not
    enqueued by anybody, but run at this interval, once among all workers, and never given up."""

    handle: Handle
    attempts: int = 10
    first_pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(minutes=10)
    every: timedelta | None = None

    def pause(self, attempt: int) -> timedelta:
        """How long to wait after this attempt has failed."""
        longest = self.longest_pause if self.every is None else min(self.longest_pause, self.every)
        return min(self.first_pause * float(2 ** min(attempt - 1, 30)), longest)

    def is_last(self, attempt: int) -> bool:
        """Whether there is none after this one."""
        return self.every is None and attempt >= self.attempts


Handlers = Mapping[str, Handler]
"""By kind of job."""
