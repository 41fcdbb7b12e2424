"""Dates: not ahead of the reader."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject
from masthead.content.dates import read_moment
from masthead.kernel import utc_now

# A date without a time may already have begun elsewhere: the first time zone is 14 hours ahead of UTC.
_AHEAD = timedelta(hours=14)


def _future(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    if subject.is_draft:
        return
    for field in ("date", "updated"):
        found = subject.value(field)
        if found and _is_ahead(found[1]):
            yield Fault(subject.key_place(found[0]), f"{found[0]} is {found[1]}, which is in the future.")


def _is_ahead(value: object) -> bool:
    try:
        moment = read_moment(value)
    except ValueError:
        return False
    has_time = isinstance(value, datetime) or (isinstance(value, str) and ":" in value)
    return moment > utc_now() + (timedelta() if has_time else _AHEAD)


DATE_FUTURE = Rule(
    "date-future",
    "A published file's date and date of change have come.",
    "warning",
    "Correct the date, or say `draft: true` until then.",
    _future,
)
