"""What may be scheduled, by whom, for when; and taking it back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.store.content.commands.desk import person
from tests.store.content.scheduling.clockwork import NOON, Clockwork

from masthead.access import AUTHOR, EDITOR
from masthead.content.commands import (
    Archive,
    Bulk,
    CommandRefusedError,
    Create,
    Delete,
    Schedule,
    StaleBaseError,
    Unschedule,
)
from masthead.kernel import AccessError, NotFoundError, new_id


async def test_what_is_scheduled_is_pending_in_utc(clockwork: Clockwork) -> None:
    """Whatever zone it was told in."""
    made = await clockwork.desk.page()
    paris = datetime(2027, 1, 5, 14, tzinfo=timezone(timedelta(hours=1)))
    outcome = await clockwork.desk.run(Schedule(made.entry, made.head, "publish", paris))
    assert outcome.schedule is not None
    row = await clockwork.row(outcome.schedule)
    assert (row["state"], row["due"], row["action"]) == (
        "pending",
        datetime(2027, 1, 5, 13, tzinfo=UTC),
        "publish",
    )
    assert row["created_by"] == clockwork.desk.editor.account
    assert await clockwork.desk.events(made.entry) == ["created", "scheduled"]
    assert (await clockwork.desk.audit())[-1] == ("entry.schedule", "done", None)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON - timedelta(seconds=1), "due-past"),
        (NOON, "due-past"),
        (datetime(2027, 1, 6), "due-without-zone"),  # noqa: DTZ001 - that is the case
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "due-past"),
    ],
)
async def test_a_moment_must_be_to_come_and_have_a_zone(
    clockwork: Clockwork, at: datetime, code: str
) -> None:
    """A slip of the pen in a date would publish at once."""
    made = await clockwork.desk.page()
    with pytest.raises(CommandRefusedError) as refused:
        await clockwork.desk.run(Schedule(made.entry, made.head, "publish", at))
    (fault,) = refused.value.faults
    assert (fault.code, fault.path, fault.entry) == (code, "at", made.entry)
    assert await clockwork.desk.rows("SELECT 1 FROM masthead.schedule") == []


async def test_the_last_moment_of_the_calendar_can_be_scheduled(clockwork: Clockwork) -> None:
    """Even where UTC has no such hour any more."""
    made = await clockwork.desk.page()
    last = datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))
    assert (await clockwork.desk.run(Schedule(made.entry, made.head, "publish", last))).schedule is not None


async def test_only_who_may_publish_schedules(clockwork: Clockwork) -> None:
    """And takes back what is scheduled; others do not learn that there is something."""
    desk, author = clockwork.desk, clockwork.desk.author
    made = await desk.page()
    key = await clockwork.schedule(made)
    with pytest.raises(NotFoundError, match="no schedule"):
        await desk.run(Unschedule(key), author)
    with pytest.raises(NotFoundError, match="no entry"):
        await clockwork.schedule(made, actor=author)
    narrow = person(EDITOR, scopes=frozenset({"read", "change"}))
    for command in (Unschedule(key), Schedule(made.entry, made.head, "publish", NOON + timedelta(hours=1))):
        with pytest.raises(AccessError):
            await desk.run(command, narrow)
    assert await clockwork.state(key) == "pending"


async def test_an_author_may_not_schedule_its_own(clockwork: Clockwork) -> None:
    """Scheduling is publishing."""
    author = person(AUTHOR)
    made = await clockwork.desk.one(Create("Page", {"title": "Mine", "body": "x"}), author)
    with pytest.raises(AccessError):
        await clockwork.schedule(made, actor=author)


async def test_a_stale_base_is_told(clockwork: Clockwork) -> None:
    """What is scheduled is the head; whoever schedules has seen it."""
    made = await clockwork.desk.page()
    saved = await clockwork.desk.save(made, title="Newer")
    with pytest.raises(StaleBaseError) as stale:
        await clockwork.schedule(made)
    assert stale.value.head == saved.head
    await clockwork.schedule(made, revision=made.head)


async def test_a_revision_that_is_chosen_must_be_whole_and_the_entrys(clockwork: Clockwork) -> None:
    """It does not change any more: what it lacks is told at once."""
    desk = clockwork.desk
    other = await desk.page("Other")
    half = await desk.post("Half", body=None)
    with pytest.raises(CommandRefusedError) as refused:
        await clockwork.schedule(half, revision=half.head)
    assert [(each.code, each.path) for each in refused.value.faults] == [("field-missing", "body")]
    with pytest.raises(CommandRefusedError, match="is no revision") as refused:
        await clockwork.schedule(half, revision=other.head)
    assert refused.value.code == "revision-unknown"
    with pytest.raises(CommandRefusedError, match="no revision to choose"):
        await clockwork.schedule(other, action="unpublish", revision=other.head)
    await clockwork.schedule(half)


async def test_an_entry_may_have_several_schedules(clockwork: Clockwork) -> None:
    """Published for an hour."""
    made = await clockwork.desk.page()
    first = await clockwork.schedule(made, 60)
    second = await clockwork.schedule(made, 3660, "unpublish")
    assert [await clockwork.state(each) for each in (first, second)] == ["pending", "pending"]


async def test_what_is_taken_back_does_not_run(clockwork: Clockwork) -> None:
    """And cannot be taken back again."""
    made = await clockwork.desk.page()
    key = await clockwork.schedule(made)
    outcome = await clockwork.desk.run(Unschedule(key))
    assert (outcome.schedule, outcome.entries[0].entry) == (key, made.entry)
    assert await clockwork.state(key) == "cancelled"
    assert await clockwork.scheduler.run_due(clockwork.clock.forward(120)) == []
    with pytest.raises(CommandRefusedError, match="cancelled already"):
        await clockwork.desk.run(Unschedule(key))
    assert (await clockwork.desk.events(made.entry))[-1] == "unscheduled"
    with pytest.raises(NotFoundError):
        await clockwork.desk.run(Unschedule(new_id()))


async def test_a_bulk_schedules_all_or_nothing(clockwork: Clockwork) -> None:
    """Every schedule's id is in the outcome."""
    desk = clockwork.desk
    pages = [await desk.page(f"Page {number}") for number in range(3)]
    at = NOON + timedelta(minutes=1)
    commands = [Schedule(each.entry, each.head, "publish", at) for each in pages]
    outcome = await desk.run(Bulk(commands))
    assert len(outcome.detail["schedules"]) == 3
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(Bulk([*commands, Schedule(pages[0].entry, pages[0].head, "publish", NOON)]))
    assert [(each.command, each.code) for each in refused.value.faults] == [(3, "due-past")]
    assert len(await desk.rows("SELECT 1 FROM masthead.schedule")) == 3


async def test_what_is_archived_is_not_scheduled_and_what_is_deleted_takes_its_schedules_along(
    clockwork: Clockwork,
) -> None:
    """A schedule of nothing would say nothing."""
    desk = clockwork.desk
    made = await desk.page()
    await clockwork.schedule(made)
    gone = await desk.one(Archive(made.entry, made.head))
    with pytest.raises(CommandRefusedError, match="archived"):
        await clockwork.schedule(gone)
    await desk.run(Delete(gone.entry, gone.head))
    assert await desk.rows("SELECT 1 FROM masthead.schedule") == []
