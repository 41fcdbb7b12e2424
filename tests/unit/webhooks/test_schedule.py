"""When a delivery that failed is attempted again."""

from datetime import UTC, datetime, timedelta

from masthead.webhooks import Schedule

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_ten_attempts_in_about_three_days() -> None:
    """Each pause a tenth longer or shorter than the one that is named."""
    schedule = Schedule()
    assert schedule.attempts == 10
    assert sum(schedule.pauses, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    for number, pause in enumerate(schedule.pauses, start=1):
        for _ in range(20):
            later = schedule.next(number, NOW)
            assert later is not None
            assert pause * 0.9 <= later - NOW <= pause * 1.1
    assert schedule.next(10, NOW) is None


def test_retry_after_makes_the_pause_longer_but_not_endless() -> None:
    """In seconds or as a date; what is none of them is not heard."""
    schedule = Schedule((timedelta(seconds=10),))
    assert schedule.next(1, NOW, "3600") == NOW + timedelta(hours=1)
    assert schedule.next(1, NOW, "Tue, 01 Jan 2030 00:10:00 GMT") == NOW + timedelta(minutes=10)
    assert schedule.next(1, NOW, "99999999999999999999") == NOW + timedelta(days=1)
    for nothing in ("1", "soon", "", "-5", "Tue, 01 Jan 2029 00:10:00 GMT"):
        later = schedule.next(1, NOW, nothing)
        assert later is not None
        assert later - NOW <= timedelta(seconds=11)
