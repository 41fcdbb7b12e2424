"""People, and the browsers of an owner and an editor who are signed in."""

from collections.abc import AsyncIterator

import httpx
import pytest
from tests.contract.http.people.clients import browser, sign_in
from tests.store.people.people_rows import join

from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    """The same people as the application's, without HTTP."""
    found = People(database, ("Post",))
    yield found
    found.close()


@pytest.fixture
async def owner(application: Application, people: People) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an owner who is signed in."""
    await join(people, "ada@example.org", "owner")
    async with browser(application) as opened:
        assert (await sign_in(opened)).status_code == 200
        yield opened


@pytest.fixture
async def editor(application: Application, people: People) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an editor who is signed in."""
    await join(people, "bob@example.org", "editor")
    async with browser(application) as opened:
        assert (await sign_in(opened, "bob@example.org")).status_code == 200
        yield opened
