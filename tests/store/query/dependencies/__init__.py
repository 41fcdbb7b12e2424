"""What dependencies are checked against: generated changes of generated worlds, and what those touch."""

from tests.store.query.dependencies.changed_worlds import change, changed
from tests.store.query.dependencies.touches import Live, noted_by, read_live, refill, rewrite, touches_between
from tests.store.query.dependencies.tracking import Tally, Tracked, track

__all__ = [
    "Live",
    "Tally",
    "Tracked",
    "change",
    "changed",
    "noted_by",
    "read_live",
    "refill",
    "rewrite",
    "touches_between",
    "track",
]
