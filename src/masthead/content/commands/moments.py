"""Moments that something is scheduled for: told with their zone, kept in UTC, and still to come."""

from datetime import UTC, datetime
from uuid import UUID

from masthead.content.commands.refusal import CommandRefusedError, Fault


def due_of(at: datetime, now: datetime, entry: UUID | None = None) -> datetime:
    """The moment in UTC. What is due at once would run at once, so a slip of the pen in a date would publish:
    a moment that has passed is refused. Raises CommandRefusedError."""
    if at.utcoffset() is None:
        raise _refused(
            entry,
            "due-without-zone",
            f"{at.isoformat()} does not say in which time zone.",
            "Write it with an offset, such as 2027-01-05T09:00:00+01:00, or in UTC with a Z.",
        )
    try:
        due = at.astimezone(UTC)
    except OverflowError:  # the first or last hours that a calendar has
        due = at.replace(tzinfo=UTC)
    if due <= now:
        raise _refused(
            entry,
            "due-past",
            f"{due.isoformat()} has passed: it is {now.isoformat(timespec='seconds')}.",
            "Choose a moment to come, or publish at once.",
        )
    return due


def _refused(entry: UUID | None, code: str, message: str, remedy: str) -> CommandRefusedError:
    return CommandRefusedError(code, message, remedy, faults=(Fault(entry, "at", code, message),))
