"""Entries that need each other are published by one release, and go by one."""

import pytest
from tests.store.content.folders import differences

from masthead import model as mh
from masthead.content.commands import (
    Actor,
    Changed,
    CommandRefusedError,
    Commands,
    Create,
    CreateRelease,
    Publish,
    PublishRelease,
    ReleaseItem,
    Save,
)
from masthead.model import DEFAULT_PUBLICATION, compile_model, default_lock
from masthead.store import Database, apply_model, open_database


class Chapter(mh.Entry, path="/chapters/{slug}", order="title"):
    """Needs the next one, in a circle; may name any others."""

    title: str
    slug: mh.Slug = mh.slug("title")
    following: mh.Ref["Chapter"]
    others: list[mh.Ref["Chapter"]] = []  # noqa: RUF012 - a declaration


MODEL = compile_model((Chapter, *DEFAULT_PUBLICATION), default_lock())[0]
EDITOR = Actor.platform("api")


async def circle(commands: Commands) -> list[Changed]:
    """Three drafts, each of which needs the next; the last needs the first."""
    made = [(await commands.run(Create("Chapter", {"title": title}), EDITOR)).entries[0] for title in "ABC"]
    found = []
    for one, following in zip(made, [*made[1:], made[0]], strict=True):
        fields = {"following": str(following.entry), "others": [str(each.entry) for each in made]}
        found.append((await commands.run(Save(one.entry, one.head, fields), EDITOR)).entries[0])
    return found


async def test_a_circle_is_published_and_unpublished_as_a_whole(empty_database_url: str) -> None:
    """None of it alone, and no part of it."""
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        commands = Commands(database, MODEL)
        chapters = await circle(commands)
        with pytest.raises(CommandRefusedError, match="is not public"):
            await commands.run(Publish(chapters[0].entry, chapters[0].head), EDITOR)
        with pytest.raises(CommandRefusedError) as refused:
            await _release(commands, [ReleaseItem(each.entry) for each in chapters[:2]])
        assert refused.value.missing == (chapters[2].entry,)
        await _release(commands, [ReleaseItem(each.entry) for each in chapters])
        assert await _public(database) == {each.entry for each in chapters}
        with pytest.raises(CommandRefusedError) as refused:
            await _release(commands, [ReleaseItem(each.entry, "unpublish") for each in chapters[:2]])
        assert {each.code for each in refused.value.faults} == {"held"}
        await _release(commands, [ReleaseItem(each.entry, "unpublish") for each in chapters])
        assert await _public(database) == set()
        assert await differences(database, MODEL) == []


async def _release(commands: Commands, items: list[ReleaseItem]) -> None:
    made = await commands.run(CreateRelease("Circle", items), EDITOR)
    assert made.release is not None
    await commands.run(PublishRelease(made.release), EDITOR)


async def _public(database: Database) -> set[object]:
    rows = await database.drafts.fetch("SELECT id FROM live.chapter")
    return {row["id"] for row in rows}
