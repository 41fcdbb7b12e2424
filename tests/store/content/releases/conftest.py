"""A desk with a clock, for releases. After every test, verify finds nothing."""

from collections.abc import AsyncIterator

import pytest
from tests.store.content.commands.desk import MODEL
from tests.store.content.event_data import misfits
from tests.store.content.folders import differences
from tests.store.content.scheduling.clockwork import Clockwork

from masthead.store import Database


@pytest.fixture
async def clockwork(database: Database) -> AsyncIterator[Clockwork]:
    """A desk with a clock and a scheduler; what was done at it is as the revisions say."""
    yield Clockwork.at(database)
    assert await differences(database) == []
    assert await misfits(database, MODEL) == []
