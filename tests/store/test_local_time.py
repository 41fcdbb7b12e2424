"""masthead.local_time: a moment in a zone, with its offset."""

from datetime import UTC, datetime

import pytest

from masthead.store import Database

WINTER, SUMMER = datetime(2027, 1, 5, 9, 30, 15, tzinfo=UTC), datetime(2027, 7, 5, 9, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (WINTER, "Europe/Berlin", "2027-01-05T10:30:15+01:00"),
        (SUMMER, "Europe/Berlin", "2027-07-05T11:30:15+02:00"),
        (SUMMER, "America/St_Johns", "2027-07-05T07:00:15-02:30"),
        (SUMMER, "Asia/Kathmandu", "2027-07-05T15:15:15+05:45"),
        (WINTER, "UTC", "2027-01-05T09:30:15+00:00"),
        (WINTER, None, "2027-01-05T09:30:15+00:00"),
        (WINTER, "Mars/Olympus", "2027-01-05T09:30:15+00:00"),
        (None, "Europe/Berlin", None),
    ],
)
async def test_a_moment_is_shown_with_its_offset(
    database: Database, moment: datetime | None, zone: str | None, shown: str | None
) -> None:
    """Half hours too; a zone that nobody knows is UTC, so that whatever a site says can be shown."""
    async with database.transaction() as transaction:
        found = await transaction.fetch_value("SELECT masthead.local_time($1, $2)", moment, zone)
    assert found == shown
