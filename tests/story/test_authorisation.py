"""Every door, asked by nobody, by somebody who may not, and by somebody who may: one row each.

In one process: there are two hundred doors, and what is asked is who gets through, not what listens.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from tests.story.authorisation import ROWS, Row, World

from masthead.kernel.settings import read_settings
from masthead.model import default_model
from masthead.people import People
from masthead.roles.api.application import Parts, open_application
from masthead.store import Database

DENIED = {"FORBIDDEN", "ENTRY_UNKNOWN", "RELEASE_UNKNOWN", "SCHEDULE_UNKNOWN", "PREVIEW_UNKNOWN"}
"""What a mutation tells those who may not, or may not even know."""


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    """A publication with an owner and a guest, both signed in."""
    people = People(database, tuple(each.name for each in default_model()))
    settings = read_settings(data=tmp_path / "data", site_directory=tmp_path)
    async with open_application(Parts(database, default_model(), settings)) as application:
        opened = await World(application, people, database, tmp_path).open()
        yield opened
        await opened.close()
    people.close()


def is_done(row: Row, reply: httpx.Response) -> bool:
    """Whether the door was opened."""
    if row.refused_as is not None and reply.status_code == 422:
        return bool(reply.json()["code"] == row.refused_as)
    if row.is_page and reply.is_redirect:
        return reply.headers["location"] != "/-/sign-in"
    return reply.is_success and not (row.is_mutation and "errors" in reply.json())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.operation)
async def test_a_door_opens_for_those_who_may(world: World, row: Row) -> None:
    """Nobody is told to sign in, a guest is refused or told of nothing, an owner is answered."""
    ask = await row.prepare(world)
    nobody = await world.ask(row, ask, None)
    if row.may == "anyone":
        assert is_done(row, nobody), nobody.text
        return
    assert (nobody.status_code, is_done(row, nobody)) == (row.nobody, False), nobody.text
    guest = await world.ask(row, ask, "guest")
    if row.may == "person":
        assert is_done(row, guest), guest.text
    elif row.is_mutation:
        (error,) = guest.json()["errors"]
        assert error["extensions"]["code"] in DENIED, guest.text
    else:
        assert guest.status_code in (403, 404), guest.text
    owner = await world.ask(row, ask, "owner")
    assert is_done(row, owner), owner.text
