"""Changes are kept for minutes; whoever asks for older ones is told that they are not known."""

from datetime import timedelta

from tests.store.content.commands.desk import Desk

from masthead.kernel import utc_now
from masthead.store import Database, forget_changes, newest_change, read_changes


async def test_what_is_old_is_forgotten(database: Database) -> None:
    desk = Desk.at(database)
    first = await newest_change(database.drafts)
    await desk.public(await desk.page("Hello"))
    assert await forget_changes(database, utc_now()) == 0
    assert await forget_changes(database, utc_now() + timedelta(minutes=11)) > 0
    await desk.public(await desk.page("Other"))

    assert await read_changes(database.drafts, first) is None
    (change,) = await read_changes(database.drafts, first + 1) or ()
    assert change.touches is not None
    assert {each.type for each in change.touches} == {"Page", "_route"}
    assert not await database.drafts.fetch(
        "SELECT FROM masthead.touched WHERE transaction NOT IN (SELECT transaction FROM masthead.change)"
    )


async def test_many_rows_of_one_change_are_told_by_their_types(database: Database) -> None:
    desk = Desk.at(database)
    page = await desk.public(await desk.page("Hello"))
    number = await newest_change(database.drafts)
    async with database.transaction() as transaction:
        for _ in range(501):
            await transaction.execute("UPDATE live.page SET title = title || 'x' WHERE id = $1", page.entry)
        await transaction.execute("UPDATE live._generation SET number = number + 1")
    (change,) = await read_changes(database.drafts, number) or ()
    assert (change.types, change.touches) == (frozenset({"Page"}), None)


async def test_a_log_that_was_pruned_whole_is_no_log_without_changes(database: Database) -> None:
    """A process that was stopped for longer than changes are kept must not believe that there were none."""
    first = await newest_change(database.drafts)
    desk = Desk.at(database)
    await desk.public(await desk.page("Hello"))
    newest = await newest_change(database.drafts)
    while await forget_changes(database, utc_now() + timedelta(minutes=11)):
        pass
    assert await read_changes(database.drafts, first) is None
    assert await read_changes(database.drafts, newest) == []


async def test_a_number_that_was_never_reached_is_of_another_history(database: Database) -> None:
    """As after a restore from a backup."""
    assert await read_changes(database.drafts, await newest_change(database.drafts) + 1) is None
