"""After every test of a command, verify finds nothing, and every event is as its schema says."""

from collections.abc import AsyncIterator

import pytest
from tests.store.content.commands.desk import MODEL, Desk
from tests.store.content.event_data import misfits
from tests.store.content.folders import differences

from masthead.store import Database


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """A desk; what was done at it is as the revisions say."""
    yield Desk.at(database)
    assert await differences(database) == []
    assert await misfits(database, MODEL) == []
