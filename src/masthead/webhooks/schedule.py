"""When a delivery that failed is attempted again: ten attempts within about three days."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""After each attempt that failed, as Standard Webhooks recommends: 75 hours and 35 minutes in all."""

LONGEST = timedelta(days=1)
"""A receiver that asks for a longer pause than this gets this one."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The pauses between attempts; there is one attempt more than pauses."""

    pauses: tuple[timedelta, ...] = PAUSES

    @property
    def attempts(self) -> int:
        """How many there are in all."""
        return len(self.pauses) + 1

    def next(self, attempts: int, now: datetime, retry_after: str | None = None) -> datetime | None:
        """When to try again after so many attempts; None: never. What failed together does not come back
        together: each pause is a tenth longer or shorter. What the receiver asks for makes it longer only."""
        if attempts >= self.attempts:
            return None
        pause = self.pauses[attempts - 1] * (900 + secrets.randbelow(201)) / 1000
        return now + max(pause, min(_asked(retry_after, now), LONGEST))


def _asked(retry_after: str | None, now: datetime) -> timedelta:
    """The pause that a `Retry-After` names, in seconds or as a date (RFC 9110, section 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return timedelta(0)
    return max(moment.replace(tzinfo=moment.tzinfo or UTC) - now, timedelta(0))
