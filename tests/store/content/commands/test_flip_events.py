"""An entry that nobody named, and that is public or not because of who refers to it, has its event too."""

from pathlib import Path

from tests.store.content.commands.desk import Desk
from tests.store.content.folders import bring_in, write

from masthead.content.commands import Publish, Unpublish

POST = "---\ntitle: A\ndate: 2024-01-05\nauthor: Ada\n---\nText.\n"


async def test_a_derived_author_comes_and_goes_with_the_post(desk: Desk, tmp_path: Path) -> None:
    """As the post is published and unpublished by commands."""
    await bring_in(desk.database, write(tmp_path / "blog", {"a.md": POST}))
    (post,) = await desk.rows("SELECT e.id, e.head FROM masthead.entry AS e JOIN live.post USING (id)")
    (author,) = await desk.rows("SELECT id FROM live.author")
    before = await desk.events(author["id"])
    await desk.one(Unpublish(post["id"], post["head"]))
    await desk.one(Publish(post["id"], post["head"]))
    assert (await desk.events(author["id"]))[len(before) :] == ["unpublished", "published"]
