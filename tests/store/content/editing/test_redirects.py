"""Addresses that were public once lead to the entry whenever it is public."""

from tests.store.content.editing.desk import Desk
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.scene import look
from tests.store.content.editing.state_laws import check_projection

from masthead.content.commands import Publish, Save, Unpublish
from masthead.store import apply_model, open_database


async def test_an_older_revision_that_is_published_again_keeps_later_addresses(
    empty_database_url: str,
) -> None:
    """It was at /a, then at /b, then nowhere; the first revision is at /a again, and /b leads there."""
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        desk = Desk(database)
        first = await desk.public(slug="a")
        second = await desk.one(Save(first.entry, first.head, {"slug": "b"}))
        await desk.one(Publish(second.entry, second.head))
        gone = await desk.one(Unpublish(second.entry, second.head))
        await desk.one(Publish(gone.entry, gone.head, first.head))
        routes = (await look(database)).routes
        assert routes["/stories/a"] == (first.entry, True)
        assert routes["/stories/b"] == (first.entry, False)
        await check_projection(database)
