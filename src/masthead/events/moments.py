"""From moments to positions: where in the order of events a time begins."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from masthead.events.stored import head_position
from masthead.store import Reader, Transaction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAR = datetime(9000, 1, 1, tzinfo=UTC)

_SLACK = timedelta(hours=1)
"""An event's id is made after its moment is taken; so much may a clock have been set back between."""

# The ids say which partitions there is nothing in.
_FIRST = """
SELECT min(position) AS position FROM masthead.event
WHERE id >= $1 AND created_at >= $2 AND position IS NOT NULL
"""


async def first_position_since(reader: Reader | Transaction, moment: datetime) -> int:
    """The least position of an event that was written at a moment or later; the next one that there will be
    where none was. Events behind it may have been written earlier, and committed later."""
    since = min(max(moment, _EPOCH), _FAR).astimezone(UTC)
    rows = await reader.fetch(_FIRST, _least_id(since - _SLACK), since)
    found = rows[0]["position"]
    return await head_position(reader) + 1 if found is None else int(found)


def _least_id(moment: datetime) -> UUID:
    """No UUIDv7 that was made since is less."""
    return UUID(int=max(0, int((moment - _EPOCH) / timedelta(milliseconds=1))) << 80)
