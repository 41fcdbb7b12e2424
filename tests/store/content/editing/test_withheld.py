"""An import after somebody has taken a tag that its files name: the law of references holds for it too."""

import asyncio
from pathlib import Path

import pytest
from tests.store.content.editing.newsroom import Doing, Newsroom

from masthead.content.commands import Save
from masthead.store import Database

WITHHOLD = "UPDATE masthead.entry SET published = NULL, is_derived = false WHERE id = $1"


async def _opened(database: Database, folder: Path) -> tuple[Newsroom, Save]:
    """Two posts that name the tag t1, and before it t0; and a change of t0, which is nobody's any more."""
    newsroom = await Newsroom.open(database, Doing, folder)
    await newsroom.bring_in(0)
    (tag,) = [each for each in newsroom.scene.entries.values() if each.type == "Tag"]
    await newsroom.bring_in(1)
    return newsroom, Save(tag.id, tag.head, {"name": "Mine"})


def test_a_tag_that_is_withheld_is_not_published_by_an_import(
    runner: asyncio.Runner, newsroom_database: Database, tmp_path: Path
) -> None:
    """It is changed by an editor, while no public entry refers to it; then the files name it again."""

    async def run() -> None:
        newsroom, change = await _opened(newsroom_database, tmp_path / "blog")
        await newsroom.give(change, newsroom.people[0])
        await newsroom.bring_in(0)
        assert newsroom.scene.entries[change.entry].published is None
        posts = [each for each in newsroom.scene.entries.values() if each.type == "Post"]
        assert all("v1q" in str(newsroom.scene.head(each.id).fields) for each in posts)

    runner.run(run())


def test_an_import_that_refers_to_what_is_withheld_is_found_out(
    runner: asyncio.Runner, newsroom_database: Database, tmp_path: Path
) -> None:
    """As if it had been imported before the tag was taken away."""

    async def run() -> None:
        newsroom, change = await _opened(newsroom_database, tmp_path / "blog")
        await newsroom.bring_in(0)
        async with newsroom.database.transaction() as transaction:
            await transaction.execute(WITHHOLD, change.entry)
        with pytest.raises(AssertionError, match="no reference dangles"):
            await newsroom.bring_in(0)

    runner.run(run())
