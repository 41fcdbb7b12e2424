"""A release is published as a whole: all its changes at one instant, or none of them."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.store.content.commands.desk import Desk
from tests.store.content.scheduling.clockwork import NOON, Clockwork

from masthead.content.commands import (
    Archive,
    Changed,
    ChangeRelease,
    CommandRefusedError,
    CreateRelease,
    DropRelease,
    PublishRelease,
    ReleaseItem,
    ScheduleRelease,
    Unpublish,
)


async def release_of(desk: Desk, *items: ReleaseItem) -> UUID:
    """An open release."""
    key = (await desk.run(CreateRelease("Spring", items))).release
    assert key is not None
    return key


async def is_public(desk: Desk, *entries: Changed) -> list[bool]:
    """Which of them are public."""
    return [await desk.row("live", each) is not None for each in entries]


async def test_what_refers_to_each_other_is_published_together(clockwork: Clockwork) -> None:
    """The author that a post needs comes along because it is in the release; one number, one generation."""
    desk = clockwork.desk
    author = await desk.author_entry()
    post = await desk.post("Hello", authors=[str(author.entry)])
    key = await release_of(desk, ReleaseItem(post.entry), ReleaseItem(author.entry))
    (before,) = await desk.rows("SELECT number FROM live._generation")
    outcome = await desk.run(PublishRelease(key))
    assert {each.state for each in outcome.entries} == {"published"}
    assert outcome.release == key
    (after,) = await desk.rows("SELECT number FROM live._generation")
    assert after["number"] == before["number"] + 1
    links = await desk.rows('SELECT target FROM live."post__authors" WHERE owner = $1', post.entry)
    assert links == [{"target": author.entry}]
    (row,) = await desk.rows("SELECT state, published_at FROM masthead.release")
    assert row == {"state": "published", "published_at": NOON}
    assert (await desk.events())[-1] == "content.release.published"
    assert ("release.publish", "done", None) in await desk.audit()


async def test_every_fault_of_every_item_is_told_and_nothing_is_done(clockwork: Clockwork) -> None:
    """Not even what has no fault."""
    desk = clockwork.desk
    fine, half = await desk.page("Fine"), await desk.post("Half", body=None)
    author = await desk.author_entry()
    lonely = await desk.post("Lonely", authors=[str(author.entry)])
    gone = await desk.page("Gone")
    items = [ReleaseItem(each.entry) for each in (fine, half, lonely, gone)]
    key = await release_of(desk, *items)
    await desk.run(Archive(gone.entry, gone.head))
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(PublishRelease(key))
    order = sorted(each.entry for each in items)
    assert {(each.entry, each.path, each.code, order[each.command]) for each in refused.value.faults} == {
        (half.entry, "body", "field-missing", half.entry),
        (lonely.entry, "authors.0", "reference-not-public", lonely.entry),
        (gone.entry, "", "archived", gone.entry),
    }
    assert refused.value.missing == (author.entry,)
    assert await is_public(desk, fine, half, lonely) == [False, False, False]
    assert (await desk.rows("SELECT state FROM masthead.release")) == [{"state": "open"}]
    assert (await desk.audit())[-1] == ("release.publish", "refused", "refused")


async def test_what_goes_and_what_comes_change_places(clockwork: Clockwork) -> None:
    """One page is unpublished and another one takes its address, in the same instant."""
    desk = clockwork.desk
    old = await desk.public(await desk.page("Old", slug="home"))
    new = await desk.page("New", slug="home")
    key = await release_of(desk, ReleaseItem(old.entry, "unpublish"), ReleaseItem(new.entry))
    await desk.run(PublishRelease(key))
    assert await is_public(desk, old, new) == [False, True]
    routes = await desk.rows("SELECT entry_id FROM live._route WHERE path = '/home'")
    assert routes == [{"entry_id": new.entry}]


async def test_what_is_held_is_named_unless_its_holder_goes_too(clockwork: Clockwork) -> None:
    """An author cannot go while a public post names it; with that post it can."""
    desk = clockwork.desk
    author = await desk.public(await desk.author_entry())
    post = await desk.public(await desk.post("Hello", authors=[str(author.entry)]))
    alone = await release_of(desk, ReleaseItem(author.entry, "unpublish"))
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(PublishRelease(alone))
    assert [each.code for each in refused.value.faults] == ["held"]
    both = [ReleaseItem(each.entry, "unpublish") for each in (author, post)]
    await desk.run(PublishRelease(await release_of(desk, *both)))
    assert await is_public(desk, author, post) == [False, False]


async def test_a_revision_that_is_pinned_is_the_one_that_is_published(clockwork: Clockwork) -> None:
    """And the head of the moment where none is."""
    desk = clockwork.desk
    pinned, loose = await desk.page("Pinned"), await desk.page("Loose")
    items = (ReleaseItem(pinned.entry, "publish", pinned.head), ReleaseItem(loose.entry))
    key = await release_of(desk, *items)
    await desk.save(pinned, title="Pinned, newer")
    await desk.save(loose, title="Loose, newer")
    await desk.run(PublishRelease(key))
    rows = [await desk.row("live", each) for each in (pinned, loose)]
    assert [row["title"] for row in rows if row is not None] == ["Pinned", "Loose, newer"]


async def test_a_release_is_published_once(clockwork: Clockwork) -> None:
    """And one that was given up never; nor is either changed or scheduled."""
    desk = clockwork.desk
    made = await desk.page()
    done, dropped = await release_of(desk, ReleaseItem(made.entry)), await release_of(desk)
    await desk.run(PublishRelease(done))
    await desk.run(DropRelease(dropped))
    at = NOON + timedelta(hours=1)
    for key in (done, dropped):
        for command in (
            PublishRelease(key),
            ChangeRelease(key, "Other"),
            ScheduleRelease(key, at),
            DropRelease(key),
        ):
            with pytest.raises(CommandRefusedError) as refused:
                await desk.run(command)
            assert refused.value.code == "release-not-open"


async def test_an_empty_release_is_not_published(clockwork: Clockwork) -> None:
    """Nothing would happen, and somebody expects something."""
    key = await release_of(clockwork.desk)
    with pytest.raises(CommandRefusedError, match="is empty"):
        await clockwork.desk.run(PublishRelease(key))


async def test_what_is_out_already_is_no_fault(clockwork: Clockwork) -> None:
    """Nor what is public already: a launch does not fail because somebody was faster."""
    desk = clockwork.desk
    out, there = await desk.public(await desk.page("Out")), await desk.public(await desk.page("There"))
    key = await release_of(desk, ReleaseItem(out.entry, "unpublish"), ReleaseItem(there.entry))
    await desk.run(Unpublish(out.entry, out.head))
    await desk.run(PublishRelease(key))
    assert await is_public(desk, out, there) == [False, True]


async def test_a_scheduled_release_is_published_then(clockwork: Clockwork) -> None:
    """With what is in it at that moment."""
    desk = clockwork.desk
    one, two = await desk.page("One"), await desk.page("Two")
    key = await release_of(desk, ReleaseItem(one.entry))
    schedule = (await desk.run(ScheduleRelease(key, NOON + timedelta(seconds=60)))).schedule
    assert schedule is not None
    await desk.run(ChangeRelease(key, put=[ReleaseItem(two.entry)], take=[one.entry]))
    (ran,) = await clockwork.scheduler.run_due(clockwork.clock.forward(60))
    assert (ran.schedule, ran.state) == (schedule, "done")
    assert await is_public(desk, one, two) == [False, True]
    assert await clockwork.state(schedule) == "done"


async def test_a_scheduled_release_that_cannot_be_published_fails_as_a_whole(clockwork: Clockwork) -> None:
    """It stays open, so that it can be mended."""
    desk = clockwork.desk
    fine, half = await desk.page("Fine"), await desk.post("Half", body=None)
    key = await release_of(desk, ReleaseItem(fine.entry), ReleaseItem(half.entry))
    schedule = (await desk.run(ScheduleRelease(key, NOON + timedelta(seconds=60)))).schedule
    assert schedule is not None
    await clockwork.scheduler.run_due(clockwork.clock.forward(60))
    assert (await clockwork.row(schedule))["error"]["code"] == "field-missing"
    assert await is_public(desk, fine) == [False]
    assert await desk.rows("SELECT state FROM masthead.release") == [{"state": "open"}]
    assert ("release.publish", "refused", "field-missing") in await desk.audit()


@pytest.mark.parametrize("way", [PublishRelease, DropRelease])
async def test_what_is_over_is_not_scheduled_any_more(
    clockwork: Clockwork, way: type[PublishRelease] | type[DropRelease]
) -> None:
    """A release that is published by hand, or given up, takes its schedules with it."""
    desk = clockwork.desk
    key = await release_of(desk, ReleaseItem((await desk.page()).entry))
    schedule = (await desk.run(ScheduleRelease(key, NOON + timedelta(seconds=60)))).schedule
    assert schedule is not None
    await desk.run(way(key))
    assert await clockwork.state(schedule) == "cancelled"
    assert await clockwork.scheduler.run_due(clockwork.clock.forward(120)) == []
