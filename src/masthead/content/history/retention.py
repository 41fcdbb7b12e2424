"""Which revisions are kept: a policy, written as "all", "50", "90d" or "50,90d"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from masthead.kernel import InputError

NEVER_YOUNGER_THAN = timedelta(days=1)
"""Somebody may still be editing on a revision of today, which is the base of the merge then."""

_FORM = re.compile(r"(?:(?P<newest>[1-9]\d{0,8})(?:,(?P<both>[1-9]\d{0,4})d)?|(?P<days>[1-9]\d{0,4})d)")


@dataclass(frozen=True, slots=True)
class Retention:
    """`newest` revisions of each entry are kept, and those that are younger than `age`; None says nothing.
    With neither, all are kept. One that either keeps stays, and so do those that are in use."""

    newest: int | None = None
    age: timedelta | None = None

    @property
    def keeps_all(self) -> bool:
        """Whether nothing is ever removed."""
        return self.newest is None and self.age is None


def read_retention(text: str) -> Retention:
    """The policy that a setting says. Raises InputError."""
    wanted = text.replace(" ", "").lower()
    if wanted in ("", "all"):
        return Retention()
    if (found := _FORM.fullmatch(wanted)) is None:
        raise InputError(
            "retention-invalid",
            f'MASTHEAD_KEEP_REVISIONS is "{text}", which says neither a number nor an age.',
            "Write all, a number of revisions (50), an age in days (90d), or both (50,90d).",
        )
    newest, days = found["newest"], found["days"] or found["both"]
    return Retention(
        None if newest is None else int(newest), None if days is None else timedelta(days=int(days))
    )
