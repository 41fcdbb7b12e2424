"""A database of the publication that is edited, for tests that run a loop of their own."""

import asyncio
from collections.abc import Iterator

import pytest
from tests.store.content.editing.publication import MODEL

from masthead.store import Database, apply_model, open_database


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all steps of a state machine."""
    with asyncio.Runner() as opened:
        yield opened


@pytest.fixture
def newsroom_database(empty_database_url: str, runner: asyncio.Runner) -> Iterator[Database]:
    """The database, with the anonymous pool."""
    opening = open_database(empty_database_url, size=6)

    async def begin() -> Database:
        opened = await opening.__aenter__()
        await apply_model(opened, MODEL)
        await opened.open_public(size=2)
        return opened

    yield runner.run(begin())
    runner.run(opening.__aexit__(None, None, None))
