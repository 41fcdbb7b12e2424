"""What the triggers note of rows that are written as commands write them."""

from decimal import Decimal
from random import Random
from uuid import UUID

from tests.store.query.dependencies import noted_by, rewrite
from tests.store.query.oracle import KITCHEN_SINK, fill
from tests.store.query.oracle.world import make_world
from tests.store.query.test_walking import a_post, a_world

from masthead.store import Database


async def test_a_list_that_is_put_in_item_by_item_is_told_whole(database: Database) -> None:
    """Commands insert a link a statement."""
    world = a_world([a_post(1, 1)], "live")
    (tag,) = world.entries["Tag"]
    for number in (8, 9):
        own = {"id": UUID(int=number), "slug": f"t{number}", "path": f"/tags/t{number}"}
        world.entries["Tag"].append(tag | own)
    ids = [row["id"] for row in world.entries["Tag"]]
    async with fill(database, world) as transaction:
        (post, _, _, sort) = world.links["Post", "tags"][0]
        world.links["Post", "tags"] = [(post, place, each, sort) for place, each in enumerate(reversed(ids))]
        (touch,) = await noted_by(transaction, world, rewrite)
        assert (touch.type, touch.entry) == ("Post", post)
        assert (touch.old, touch.new) == (
            {"tags": [str(ids[0])]},
            {"tags": [str(each) for each in reversed(ids)]},
        )
        assert await noted_by(transaction, world, rewrite) == ()
        world.links["Post", "tags"] = []
        (touch,) = await noted_by(transaction, world, rewrite)
        assert touch.new == {"tags": []}


async def test_an_equal_value_that_is_spelled_otherwise_is_another(kitchen_sink: Database) -> None:
    """1.5 is 1.50 to PostgreSQL, and an answer shows which it is; so are 0 and -0."""
    world = make_world(KITCHEN_SINK, "live", {each.name: 1 for each in KITCHEN_SINK}, Random(1))
    (gadget,) = world.entries["Gadget"]
    gadget |= {"cost": Decimal("1.5"), "weight": 0.0}
    async with fill(kitchen_sink, world) as transaction:
        for column, value in (("cost", Decimal("1.50")), ("weight", -0.0)):
            gadget[column] = value
            assert [each.entry for each in await noted_by(transaction, world, rewrite)] == [gadget["id"]]
        assert await noted_by(transaction, world, rewrite) == ()
