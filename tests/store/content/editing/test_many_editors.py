"""Two hundred editors on twenty entries, all at once: nobody loses a word. bench/editors.py does it for a
minute, and says how long a save takes."""

import os

import pytest
from tests.store.content.editing.crowd import Crowd
from tests.store.content.editing.doors import ByCommand, Overwriting
from tests.store.content.editing.publication import MODEL

from masthead.store import apply_model, open_database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

SAVES = 10_000 if os.environ.get("MASTHEAD_TORTURE") == "1" else 500


async def test_two_hundred_editors_lose_no_word(empty_database_url: str) -> None:
    """Bases are stale, fields and lines the same; what cannot be merged is told to who came second."""
    async with open_database(empty_database_url, size=8) as database:
        await apply_model(database, MODEL)
        crowd = await Crowd.at(database, 20)
        await crowd.work(200, lambda: len(crowd.saved) >= SAVES)
        await crowd.check()
        assert sum(changed.is_merged for _, changed in crowd.saved) > SAVES / 4


async def test_an_editor_who_overwrites_is_found_out(empty_database_url: str) -> None:
    """Who calls what was made of an older revision a change of the newest."""
    async with open_database(empty_database_url, size=8) as database:
        await apply_model(database, MODEL)
        crowd = await Crowd.at(database, 4, Overwriting(ByCommand.of(database)))
        await crowd.work(40, lambda: len(crowd.saved) >= 120)
        with pytest.raises(AssertionError, match="no edit is lost"):
            await crowd.check()
