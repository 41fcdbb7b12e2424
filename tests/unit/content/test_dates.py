"""Dates in front matter, as people write them."""

from datetime import UTC, date, datetime

import pytest

from masthead.content.dates import read_moment

READ = {
    "2024-01-05": "2024-01-05T00:00:00+00:00",
    "2024/1/5": "2024-01-05T00:00:00+00:00",
    "2024-01-05T10:00:00.000Z": "2024-01-05T10:00:00+00:00",
    "2024-01-05 10:00:00 +0200": "2024-01-05T08:00:00+00:00",
    "2024-1-5 9:05": "2024-01-05T09:05:00+00:00",
    "2024-01-05 10:00:00 UTC": "2024-01-05T10:00:00+00:00",
    "2025-03-17T10:00:00-04:00": "2025-03-17T14:00:00+00:00",
    "Jan 5, 2024": "2024-01-05T00:00:00+00:00",
    "5 January 2024": "2024-01-05T00:00:00+00:00",
    "Fri, 05 Jan 2024 10:00:00 GMT": "2024-01-05T10:00:00+00:00",
}


@pytest.mark.parametrize("text", READ)
def test_a_date_is_read(text: str) -> None:
    """In UTC; midnight without a time."""
    assert read_moment(text).isoformat() == READ[text]


@pytest.mark.parametrize(
    "value",
    ["2024-13-05", "2024-02-30", "05/01/2024", "soon", "", True, None, 12, "2024-01-05 10:00 EST"],
)
def test_what_is_no_date_is_refused(value: object) -> None:
    """Also what could be two dates."""
    with pytest.raises(ValueError, match=r"\w"):
        read_moment(value)


def test_values_of_yaml_and_toml_are_dates_already() -> None:
    """A day, a moment without a zone, a number that YAML made of 20240105."""
    assert read_moment(date(2024, 1, 5)) == datetime(2024, 1, 5, tzinfo=UTC)
    assert read_moment(datetime(2024, 1, 5, 10)) == datetime(2024, 1, 5, 10, tzinfo=UTC)  # noqa: DTZ001 - that is the case
    assert read_moment(20240105) == datetime(2024, 1, 5, tzinfo=UTC)


def test_a_moment_that_utc_cannot_hold_is_refused() -> None:
    """Year 1 east of Greenwich."""
    with pytest.raises(ValueError, match="out of range"):
        read_moment("0001-01-01T00:00:00+05:00")
