"""Statements of live queries and subscriptions are counted by operation, as those of plain ones."""

from tests.store.live.house import open_house

from masthead.store import Database

PAGES = "query Pages($least: String) @live { pages(where: {title: {gte: $least}}) { nodes { title } } }"
CHANGED = "subscription Changed { entryChanged { kind entry { id } } }"


async def test_each_evaluation_is_told_by_its_name(database: Database) -> None:
    """The statement of the answers, and that of what they depend on; two queries of a plan share both."""
    async with open_house(database) as house:
        one = await house.listen(PAGES, {"least": "A"})
        two = await house.listen(PAGES, {"least": "B"})
        await one.next()
        await two.next()
        await house.desk.public(await house.desk.page("Beta"))
        await one.next()
        await two.next()
        await house.told(1)
        assert {each.name for each in house.executed} == {"Pages"}
        assert {each.text for each in house.executed} == {PAGES}
        assert len(house.executed) == house.queries.statements == 4
        assert all("unnest(" in each.sql for each in house.executed)


async def test_a_subscription_is_told_by_its_name(database: Database) -> None:
    """One statement for all who subscribe alike."""
    async with open_house(database) as house:
        listeners = [await house.listen(CHANGED) for _ in range(3)]
        await house.desk.public(await house.desk.page("Alpha"))
        for each in listeners:
            assert (await each.next())["data"]["entryChanged"]["kind"] == "PUBLISHED"
        assert [(each.name, each.text, each.has_failed) for each in house.executed] == [
            ("Changed", CHANGED, False)
        ]
        assert house.events.statements == 1
