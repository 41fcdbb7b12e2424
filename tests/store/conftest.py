"""Databases of the models that the planner is tested with."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator

import pytest
from tests.conftest import execute, with_database
from tests.store.query.large_publication import fill_publication
from tests.store.query.oracle import KITCHEN_SINK

from masthead.model import default_model
from masthead.store import Database, apply_model, open_database


@pytest.fixture
async def kitchen_sink(empty_database_url: str) -> AsyncIterator[Database]:
    """A database of the model that has every kind of field; no entries."""
    async with open_database(empty_database_url, size=2) as opened:
        await apply_model(opened, KITCHEN_SINK)
        await opened.open_public(size=2)
        yield opened


@pytest.fixture(scope="session")
def library_url(server_url: str) -> Iterator[str]:
    """One database a worker, for tests that change nothing: 3,000 posts, 200 authors, 200 tags."""
    name = f"library_{os.getpid()}"
    asyncio.run(_make_library(server_url, name))
    yield with_database(server_url, name)
    asyncio.run(execute(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def library(library_url: str) -> AsyncIterator[Database]:
    """`library_url`, open."""
    async with open_database(library_url, size=2) as opened:
        await opened.open_public(size=2)
        yield opened


async def _make_library(server_url: str, name: str) -> None:
    await execute(server_url, f"CREATE DATABASE {name}")
    async with open_database(with_database(server_url, name), size=1) as opened:
        await apply_model(opened, default_model())
        await fill_publication(opened)
