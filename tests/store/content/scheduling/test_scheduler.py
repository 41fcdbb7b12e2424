"""What is due is done: in time or as soon as somebody is there, once, and loudly if it cannot be."""

from tests.store.content.scheduling.clockwork import Clockwork

from masthead.content.commands import Archive, Unpublish


async def test_nothing_is_done_before_its_time(clockwork: Clockwork) -> None:
    """And then it is, in the name of who scheduled it."""
    desk, clock = clockwork.desk, clockwork.clock
    made = await desk.page()
    key = await clockwork.schedule(made, 60)
    assert await clockwork.scheduler.run_due(clock.forward(59)) == []
    (ran,) = await clockwork.scheduler.run_due(clock.forward(1))
    assert (ran.schedule, ran.state, ran.is_late) == (key, "done", False)
    assert await desk.row("live", made) is not None
    row = await clockwork.row(key)
    assert (row["state"], row["ran_at"], row["is_late"], row["error"]) == ("done", clock.now, False, None)
    assert await clockwork.scheduler.run_due(clock.forward(1)) == []
    (line,) = await desk.rows(
        "SELECT account, source, request FROM masthead.audit WHERE action = 'entry.publish'"
    )
    assert line == {"account": desk.editor.account, "source": "schedule", "request": f"schedule:{key}"}
    (event,) = await desk.rows("SELECT cause FROM masthead.event WHERE type = 'content.entry.published.v1'")
    assert event["cause"] == f"schedule:{key}"


async def test_published_and_taken_out_again(clockwork: Clockwork) -> None:
    """Two schedules of one entry, also when both are due by the time that somebody looks."""
    desk = clockwork.desk
    made = await desk.page()
    await clockwork.schedule(made, 60)
    await clockwork.schedule(made, 120, "unpublish")
    ran = await clockwork.scheduler.run_due(clockwork.clock.forward(3600))
    assert [(each.state, each.is_late) for each in ran] == [("done", True), ("done", True)]
    assert await desk.events(made.entry) == ["created", "scheduled", "scheduled", "published", "unpublished"]
    assert await desk.row("live", made) is None


async def test_what_was_missed_is_caught_up_and_marked_late(clockwork: Clockwork) -> None:
    """More than two seconds is late."""
    first = await clockwork.schedule(await clockwork.desk.page("One"), 60)
    second = await clockwork.schedule(await clockwork.desk.page("Two"), 61)
    clockwork.clock.forward(63)
    ran = await clockwork.scheduler.run_due()
    assert [(each.schedule, each.is_late) for each in ran] == [(first, True), (second, False)]
    assert [(await clockwork.row(each))["is_late"] for each in (first, second)] == [True, False]


async def test_the_head_of_that_moment_is_published(clockwork: Clockwork) -> None:
    """Unless a revision was chosen."""
    desk = clockwork.desk
    loose, pinned = await desk.page("Loose"), await desk.page("Pinned")
    await clockwork.schedule(loose)
    await clockwork.schedule(pinned, revision=pinned.head)
    await desk.save(loose, title="Loose, newer")
    await desk.save(pinned, title="Pinned, newer")
    await clockwork.scheduler.run_due(clockwork.clock.forward(60))
    rows = [await desk.row("live", each) for each in (loose, pinned)]
    assert [row["title"] for row in rows if row is not None] == ["Loose, newer", "Pinned"]


async def test_what_cannot_be_done_fails_and_says_why(clockwork: Clockwork) -> None:
    """The row, an event and the audit log have the code and every fault; nothing else has changed."""
    desk = clockwork.desk
    author = await desk.author_entry()
    half = await desk.post("Half", body=None, authors=[str(author.entry)])
    key = await clockwork.schedule(half)
    fine = await desk.page("Fine")
    behind = await clockwork.schedule(fine, 61)
    ran = await clockwork.scheduler.run_due(clockwork.clock.forward(61))
    assert [(each.schedule, each.state, each.code) for each in ran] == [
        (key, "failed", "refused"),
        (behind, "done", None),
    ]
    row = await clockwork.row(key)
    assert (row["state"], row["error"]["code"]) == ("failed", "refused")
    assert [(each["code"], each["path"]) for each in row["error"]["faults"]] == [
        ("field-missing", "body"),
        ("reference-not-public", "authors.0"),
    ]
    assert row["error"]["missing"] == [str(author.entry)]
    assert (await desk.events(half.entry))[-1] == "content.schedule.failed"
    assert ("entry.publish", "refused", "refused") in await desk.audit()
    assert await desk.row("live", half) is None
    assert await clockwork.scheduler.run_due(clockwork.clock.forward(60)) == []


async def test_what_is_archived_meanwhile_fails(clockwork: Clockwork) -> None:
    """Archiving is no silent cancelling."""
    made = await clockwork.desk.page()
    key = await clockwork.schedule(made)
    await clockwork.desk.one(Archive(made.entry, made.head))
    await clockwork.scheduler.run_due(clockwork.clock.forward(60))
    assert (await clockwork.row(key))["error"]["code"] == "archived"


async def test_what_is_so_already_is_done(clockwork: Clockwork) -> None:
    """Somebody was faster: it is as it was to be."""
    desk = clockwork.desk
    public, draft = await desk.public(await desk.page("One")), await desk.page("Two")
    keys = [await clockwork.schedule(public), await clockwork.schedule(draft, action="unpublish")]
    ran = await clockwork.scheduler.run_due(clockwork.clock.forward(60))
    assert [(each.schedule, each.state) for each in ran] == [(each, "done") for each in keys]
    out = await desk.one(Unpublish(public.entry, public.head))
    assert out.state == "draft"
