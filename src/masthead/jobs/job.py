"""A job: something that is done after a transaction has committed, and again when it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the handler of its `kind`. `payload` is JSON. It runs at `run_at` (UTC), at once without one.

    Of the jobs with one `key` at most one is there at a time. Enqueued while it waits: that one does, and
    does not begin before this transaction has committed. Enqueued while it runs: it runs once more after.
    """

    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    run_at: datetime | None = None
    key: str | None = None
