"""Dates as people write them in front matter. Always aware and in UTC when they come out."""

import re
from datetime import UTC, date, datetime, time, timezone
from email.utils import parsedate_to_datetime

_SLASHES = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=\D|$)")
_LOOSE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(.*)"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{2}):?(\d{2})?")
_WORDS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y%m%d")


def read_moment(value: object) -> datetime:
    """The moment that `value` names; midnight UTC when it has no time, UTC when it has no zone.

    Takes what YAML, TOML and JSON give. Raises ValueError, whose text continues "the date …".
    """
    match value:
        case datetime():
            return _in_utc(value)
        case date():
            return datetime.combine(value, time(), UTC)
        case str():
            return _in_utc(_read_text(value.strip()))
        case int() if not isinstance(value, bool) and 10**7 <= value < 10**8:
            return _in_utc(_read_text(str(value)))
        case _:
            raise ValueError("is not a date")


def _read_text(text: str) -> datetime:
    plain = _SLASHES.sub(r"\1-\2-\3", text, count=1)
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    if found := _LOOSE.fullmatch(plain):
        return _read_loose(found)
    for shape in _WORDS:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 - `_in_utc` gives it a zone
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)  # RFC 5322, as feeds have it
    except (ValueError, IndexError, TypeError):
        raise ValueError("is not one that can be read") from None


def _read_loose(found: re.Match[str]) -> datetime:
    """ISO 8601 as it is mostly written: one digit for a month, `+0200` or `UTC` after a space."""
    numbers = [int(found[index] or 0) for index in range(1, 7)]
    zone = _zone(found[7].strip())
    try:
        return datetime(*numbers, tzinfo=zone)  # type: ignore[arg-type, misc]  # six numbers
    except ValueError as error:
        raise ValueError(f"does not exist: {error}") from None


def _zone(text: str) -> timezone:
    if text.upper() in ("", "Z", "UTC", "GMT"):
        return UTC
    if found := _OFFSET.fullmatch(text):
        shown = datetime.strptime(f"{found[1]}{found[2]}{found[3] or '00'}", "%z")
        zone = shown.tzinfo
        if isinstance(zone, timezone):
            return zone
    raise ValueError(f'has a time zone that is not known: "{text}"')


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("is out of range") from None
