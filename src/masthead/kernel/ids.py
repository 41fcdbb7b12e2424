"""Identifiers. UUIDv7 (RFC 9562, section 5.7): made without asking the database, sorted by time."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then randomness."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
