"""People over a database of their own, with a clock that only moves when it is told to."""

from collections.abc import Iterator

import pytest
from tests.store.people.people_rows import Clock

from masthead.people import Passwords, People
from masthead.store import Database


@pytest.fixture
def clock() -> Clock:
    """It stands at noon."""
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> Iterator[People]:
    """Everybody: nobody yet."""
    found = People(database, ("Post", "Page"), passwords=Passwords(threads=2), clock=clock)
    yield found
    found.close()
