"""A desk, and the previews of its publication at a clock that tests set."""

import pytest
from tests.store.content.commands.desk import Desk
from tests.store.content.previews.counter import Counter

from masthead.store import Database


@pytest.fixture
async def counter(database: Database) -> Counter:
    """Where previews are made and opened."""
    return Counter.at(Desk.at(database))
