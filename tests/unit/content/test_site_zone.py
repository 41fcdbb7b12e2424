"""The site's zone: any that the machine knows, UTC for all others."""

from datetime import UTC, datetime

import pytest

from masthead.content.site_zone import is_zone, shown_in, zone_named


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "Europe", "../etc/passwd", "/etc/passwd", "a\0b", "tzdata.zi"]
)
def test_what_is_no_zone_is_utc(name: str) -> None:
    """Whatever somebody has written there, moments can be shown."""
    assert not is_zone(name)
    assert zone_named(name) is UTC


def test_no_name_is_utc() -> None:
    """A site that says none."""
    assert zone_named(None) is UTC
    assert is_zone("UTC")


@pytest.mark.parametrize(
    ("hour", "shown"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25 02:30:00 CEST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25 02:30:00 CET"),
    ],
)
def test_the_hour_that_comes_twice_is_told_apart(hour: datetime, shown: str) -> None:
    """By the zone's abbreviation."""
    assert shown_in(zone_named("Europe/Berlin"), hour) == shown
