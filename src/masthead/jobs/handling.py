"""What a handler is given, and what it can say."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol


class RetryJob(Exception):  # noqa: N818 - no error: a handler's answer
    """Raised by a handler: run it again at `at` (UTC). However often it says so, the job does not fail."""

    def __init__(self, at: datetime, reason: str = "") -> None:
        super().__init__(reason or f"again at {at.isoformat()}")
        self.at = at
        self.reason = reason


class JobRun(Protocol):
    """One run of a job. Any run may be the second of the same work: a worker can die after it has done
    everything and before it could say so."""

    @property
    def id(self) -> int:
        """Number of the job, the same in every run."""

    @property
    def kind(self) -> str:
        """Which handler it is for."""

    @property
    def key(self) -> str | None:
        """Its key, if it was given one."""

    @property
    def payload(self) -> Mapping[str, Any]:
        """What was enqueued."""

    @property
    def attempt(self) -> int:
        """1 for the first run, also where earlier workers died in it."""

    @property
    def enqueued_at(self) -> datetime:
        """When the job was enqueued (UTC)."""

    async def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Tell how far it is; at most once a second is written."""


Handle = Callable[[JobRun], Awaitable[None]]
"""Does the work. Idempotent. Returns: done. Raises RetryJob: later. Raises anything else: again after a
pause, until there were too many attempts; then the job has failed, and people see it."""


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of a kind are done: `attempts` at most, with a pause of `first_pause` after the first that
    fails, each then twice as long, none over `longest_pause`; a run over `longest` fails. `every`: not
    enqueued by anybody, but run at this interval, once among all workers."""

    handle: Handle
    attempts: int = 10
    first_pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(minutes=10)
    every: timedelta | None = None


Handlers = Mapping[str, Handler]
"""By kind of job."""
