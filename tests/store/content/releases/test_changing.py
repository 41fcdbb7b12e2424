"""What may be in a release, and who may put it there."""

import pytest
from tests.store.content.commands.desk import person
from tests.store.content.scheduling.clockwork import NOON, Clockwork

from masthead.access import AUTHOR, EDITOR
from masthead.content.commands import (
    ChangeRelease,
    CommandRefusedError,
    CreateRelease,
    DropRelease,
    PublishRelease,
    ReleaseItem,
    ScheduleRelease,
    Unschedule,
)
from masthead.kernel import AccessError, NotFoundError, new_id


async def items_of(clockwork: Clockwork) -> set[tuple[str, str]]:
    """Entry and action of every item."""
    rows = await clockwork.desk.rows("SELECT entry_id, action FROM masthead.release_item")
    return {(str(row["entry_id"]), row["action"]) for row in rows}


async def test_a_release_has_one_item_an_entry(clockwork: Clockwork) -> None:
    """Putting one in again replaces it; what is taken out is gone; the name may change."""
    desk = clockwork.desk
    one, two = await desk.page("One"), await desk.page("Two")
    key = (await desk.run(CreateRelease(" Spring ", [ReleaseItem(one.entry)]))).release
    assert key is not None
    await desk.run(
        ChangeRelease(key, "Summer", put=[ReleaseItem(one.entry, "unpublish"), ReleaseItem(two.entry)])
    )
    assert await items_of(clockwork) == {(str(one.entry), "unpublish"), (str(two.entry), "publish")}
    await desk.run(ChangeRelease(key, take=[one.entry]))
    assert await items_of(clockwork) == {(str(two.entry), "publish")}
    assert await desk.rows("SELECT name, state FROM masthead.release") == [
        {"name": "Summer", "state": "open"}
    ]
    assert [action for action, _, _ in await desk.audit()][-3:] == [
        "release.create",
        "release.change",
        "release.change",
    ]


async def test_every_item_that_cannot_be_is_told(clockwork: Clockwork) -> None:
    """An entry that is not there, a revision of another, an entry named twice, a name of nothing."""
    desk = clockwork.desk
    one, two = await desk.page("One"), await desk.page("Two")
    unknown = new_id()
    items = [
        ReleaseItem(unknown),
        ReleaseItem(one.entry, "publish", two.head),
        ReleaseItem(two.entry),
        ReleaseItem(two.entry, "unpublish"),
    ]
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(CreateRelease(" \n", items))
    assert [(each.command, each.code, each.entry) for each in refused.value.faults] == [
        (0, "name-invalid", None),
        (0, "entry-unknown", unknown),
        (1, "revision-unknown", one.entry),
        (3, "item-twice", two.entry),
    ]
    assert await desk.rows("SELECT 1 FROM masthead.release") == []


async def test_what_is_not_in_it_cannot_be_taken_out(clockwork: Clockwork) -> None:
    """Whoever tries looks at another release than this one."""
    desk = clockwork.desk
    key = (await desk.run(CreateRelease("Spring"))).release
    assert key is not None
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(ChangeRelease(key, take=[(await desk.page()).entry]))
    assert refused.value.code == "item-unknown"


async def test_releases_are_for_those_who_may_publish(clockwork: Clockwork) -> None:
    """Every entry in it: a token for one type does not reach a release with another."""
    desk = clockwork.desk
    page, post = await desk.page(), await desk.post()
    key = (
        await desk.run(CreateRelease("Spring", [ReleaseItem(page.entry), ReleaseItem(post.entry)]))
    ).release
    assert key is not None
    schedule = (await desk.run(ScheduleRelease(key, NOON.replace(hour=13)))).schedule
    assert schedule is not None
    narrow = person(EDITOR, scopes=frozenset({"read", "publish:Page"}))
    for command in (
        ChangeRelease(key, "Mine"),
        PublishRelease(key),
        ScheduleRelease(key, NOON.replace(hour=14)),
        DropRelease(key),
        Unschedule(schedule),
        CreateRelease("Mine", [ReleaseItem(post.entry)]),
    ):
        with pytest.raises(AccessError):
            await desk.run(command, narrow)
        with pytest.raises(AccessError):
            await desk.run(command, person(AUTHOR))
    await desk.run(CreateRelease("Mine", [ReleaseItem(page.entry)]), narrow)
    assert await desk.rows("SELECT name, state FROM masthead.release ORDER BY id") == [
        {"name": "Spring", "state": "open"},
        {"name": "Mine", "state": "open"},
    ]
    assert await clockwork.state(schedule) == "pending"


async def test_what_is_not_there_is_said(clockwork: Clockwork) -> None:
    """With its id."""
    key = new_id()
    with pytest.raises(NotFoundError, match=f"There is no release {key}"):
        await clockwork.desk.run(PublishRelease(key))


async def test_a_schedule_of_a_release_can_be_taken_back(clockwork: Clockwork) -> None:
    """The release stays open."""
    desk = clockwork.desk
    key = (await desk.run(CreateRelease("Spring", [ReleaseItem((await desk.page()).entry)]))).release
    assert key is not None
    schedule = (await desk.run(ScheduleRelease(key, NOON.replace(hour=13)))).schedule
    assert schedule is not None
    outcome = await desk.run(Unschedule(schedule))
    assert (outcome.schedule, outcome.release) == (schedule, key)
    assert await clockwork.state(schedule) == "cancelled"
    assert (await desk.events())[-1] == "content.release.unscheduled"


async def test_a_repeated_key_makes_one_release(clockwork: Clockwork) -> None:
    """And says its id again."""
    command = CreateRelease("Spring")
    first = await clockwork.desk.run(command, key="k")
    again = await clockwork.desk.run(command, key="k")
    assert (again.release, again.is_repeated) == (first.release, True)
