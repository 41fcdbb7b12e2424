"""The one source of the present moment."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment: aware, UTC, microseconds."""
    return datetime.now(UTC)
