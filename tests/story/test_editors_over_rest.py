"""Many editors on few entries over REST: nobody loses a word, and a client that overwrites is found out.

In one process, through the whole application: bench/editors.py does it over a socket, for a minute.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from tests.store.content.editing.crowd import Crowd
from tests.store.content.editing.doors import ByRest, Overwriting
from tests.store.content.editing.publication import MODEL

from masthead.kernel.settings import read_settings
from masthead.roles.api.application import Parts, open_application
from masthead.store import Database, apply_model, open_database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

EDITORS, SAVES = 40, 120


@pytest.fixture
async def opened(empty_database_url: str) -> AsyncIterator[Database]:
    """A database of the publication that is edited."""
    async with open_database(empty_database_url, size=8) as database:
        await apply_model(database, MODEL)
        await database.open_public(size=2)
        yield database


@pytest.fixture
async def door(opened: Database, tmp_path: Path) -> AsyncIterator[ByRest]:
    """Editors with tokens, before an API of that database."""
    settings = read_settings(data=tmp_path / "data", site_directory=tmp_path)
    async with open_application(Parts(opened, MODEL, settings)) as application:
        transport = httpx.ASGITransport(application.asgi)

        def connect() -> httpx.AsyncClient:
            return httpx.AsyncClient(transport=transport, base_url="https://masthead.test")

        async with ByRest.of(opened, EDITORS, connect) as door:
            yield door


async def test_editors_over_rest_lose_no_word(opened: Database, door: ByRest) -> None:
    """What cannot be merged is a 409 that tells both versions."""
    crowd = await Crowd.at(opened, 4, door)
    await crowd.work(EDITORS, lambda: len(crowd.saved) >= SAVES)
    await crowd.check()
    assert sum(changed.is_merged for _, changed in crowd.saved) > SAVES / 4
    assert crowd.conflicts


async def test_a_client_over_rest_that_overwrites_is_found_out(opened: Database, door: ByRest) -> None:
    """One that sends the newest head in If-Match with what it made of an older one."""
    crowd = await Crowd.at(opened, 4, Overwriting(door))
    await crowd.work(EDITORS, lambda: len(crowd.saved) >= SAVES)
    with pytest.raises(AssertionError, match="no edit is lost"):
        await crowd.check()
