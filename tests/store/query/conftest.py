"""Databases of the models that the planner is tested with."""

from collections.abc import AsyncIterator

import pytest
from tests.store.query.oracle import KITCHEN_SINK

from masthead.store import Database, apply_model, open_database


@pytest.fixture
async def kitchen_sink(empty_database_url: str) -> AsyncIterator[Database]:
    """A database of the model that has every kind of field; no entries."""
    async with open_database(empty_database_url, size=2) as opened:
        await apply_model(opened, KITCHEN_SINK)
        await opened.open_public(size=2)
        yield opened
