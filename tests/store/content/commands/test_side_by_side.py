"""Commands at the same time: who waits for whom, and what a key says."""

import asyncio

import pytest
from tests.store.content.commands.desk import MODEL, Desk

from masthead.content.commands import (
    Bulk,
    CommandRefusedError,
    Commands,
    Create,
    Outcome,
    Publish,
    Save,
    hold_entries,
)
from masthead.kernel import ConflictError, UnavailableError
from masthead.store import Transaction


async def waiters(desk: Desk) -> int:
    """How many wait for the lock of all entries."""
    rows = await desk.rows("SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    return int(rows[0]["n"])


async def someone_waits(desk: Desk) -> None:
    """Return when another connection waits for an advisory lock."""
    while await waiters(desk) == 0:  # noqa: ASYNC110 - only the database knows who waits there
        await asyncio.sleep(0)


async def test_saves_of_different_entries_do_not_wait_for_each_other(desk: Desk) -> None:
    """A shared lock is held by somebody else: a save and a create go through."""
    made = await desk.page()
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        saved = await desk.save(made, title="B")
        assert (saved.number, (await desk.page("C")).number) == (2, 1)


async def test_what_public_texts_link_to_begins_again_in_the_exclusive_lock(desk: Desk) -> None:
    """It waits until nobody is at work, though it began beside another one; what it read before counts
    no more: it sees what came meanwhile."""
    made = await desk.page()
    linking = await desk.public(await desk.page("B", f"[x](entry:{made.entry})\n"))
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        publishing = asyncio.create_task(desk.run(Publish(made.entry, made.head)))
        await someone_waits(desk)
        await other.execute("UPDATE masthead.entry SET created_at = 'epoch' WHERE id = $1", made.entry)
        await other.execute("UPDATE draft.page SET created_at = 'epoch' WHERE id = $1", made.entry)
    outcome = await publishing
    row = await desk.row("live", outcome.entries[0])
    assert row is not None
    assert row["created_at"].year == 1970
    row = await desk.row("live", linking)
    assert row is not None
    assert 'href="/hello"' in row["body_html"]


async def test_what_is_published_again_at_its_address_waits_for_nobody(desk: Desk) -> None:
    """Beside a shared lock of somebody else."""
    saved = await desk.save(await desk.public(await desk.page()), title="B")
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        assert (await desk.public(saved)).state == "published"


async def test_two_saves_of_one_entry_are_one_after_the_other(desk: Desk) -> None:
    """Both on the same base: the second is merged."""
    made = await desk.page()
    changes = [{"title": "B"}, {"description": "x"}, {"body": "Other.\n"}]
    outcomes = await asyncio.gather(*(desk.run(Save(made.entry, made.head, each)) for each in changes))
    assert sorted(each.entries[0].number for each in outcomes) == [2, 3, 4]
    row = await desk.row("draft", made)
    assert row is not None
    assert (row["title"], row["description"], row["body"]) == ("B", "x", "Other.\n")


async def test_entries_that_refer_to_each_other_are_saved_at_once(desk: Desk) -> None:
    """Whoever works on an entry does not hold up those who refer to it: two would wait for each other."""
    author, made = await desk.author_entry(), await desk.post()
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        save = Save(author.entry, author.head, {"bio": f"[x](entry:{made.entry})"})
        await desk.commands._turn(other, save, desk.editor, is_exclusive=False)
        saved = await desk.save(made, authors=[str(author.entry)])
        assert saved.number == 2


async def test_a_key_sent_twice_is_done_once(desk: Desk) -> None:
    """The second gets the first one's outcome, also when both come at once."""
    command = Create("Page", {"title": "Once", "body": "x"})
    first, second = await asyncio.gather(desk.run(command, key="k"), desk.run(command, key="k"))
    assert sorted([first.is_repeated, second.is_repeated]) == [False, True]
    assert first.entries == second.entries
    assert (await desk.rows("SELECT count(*) AS n FROM masthead.entry"))[0]["n"] == 1


async def test_a_key_of_another_command_is_refused(desk: Desk) -> None:
    """And one that is no key."""
    await desk.run(Create("Page", {"title": "A"}), key="k")
    with pytest.raises(ConflictError) as refused:
        await desk.run(Create("Page", {"title": "B"}), key="k")
    assert refused.value.code == "key-reused"
    with pytest.raises(Exception, match="1 to 200 printable characters"):
        await desk.run(Create("Page", {"title": "B"}), key="")


async def test_a_refused_command_leaves_its_key_free(desk: Desk) -> None:
    """It can be mended and sent again."""
    made = await desk.one(Create("Page", {"title": "A"}))
    with pytest.raises(CommandRefusedError):
        await desk.run(Publish(made.entry, made.head), key="k")
    saved = await desk.save(made, body="x")
    assert not (await desk.run(Publish(saved.entry, saved.head), key="k")).is_repeated


async def test_a_key_of_somebody_else_is_another_key(desk: Desk) -> None:
    """Programs need not know of each other."""
    command = Create("Page", {"title": "A"})
    await desk.run(command, key="k")
    assert not (await desk.run(command, desk.author, key="k")).is_repeated


async def test_a_bulk_is_done_wholly_or_not_at_all(desk: Desk) -> None:
    """Every fault of every command, with the command's number."""
    made = await desk.page("A")
    commands = [
        Create("Page", {"title": "B"}),
        Save(made.entry, made.head, {"title": 5}),
        Create("Page", {"headline": "x"}),
        Create("Nothing", {}),
    ]
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(Bulk(commands))
    assert [(each.command, each.path, each.code) for each in refused.value.faults] == [
        (1, "title", "field-invalid"),
        (2, "headline", "field-unknown"),
        (3, "", "type-unknown"),
    ]
    assert (await desk.rows("SELECT count(*) AS n FROM masthead.entry"))[0]["n"] == 1


async def test_entries_that_refer_to_each_other_are_published_together(desk: Desk) -> None:
    """In one bulk; alone, the first would be refused for the second."""
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    outcome: Outcome = await desk.run(
        Bulk([Publish(post.entry, post.head), Publish(author.entry, author.head)])
    )
    assert [each.state for each in outcome.entries] == ["published", "published"]


async def test_two_entries_change_places_in_one_bulk(desk: Desk) -> None:
    """Each takes the other's address; neither is ever without one."""
    a, b = await desk.public(await desk.page("A")), await desk.public(await desk.page("B"))
    a, b = await desk.save(a, slug="b"), await desk.save(b, slug="a")
    await desk.run(Bulk([Publish(a.entry, a.head), Publish(b.entry, b.head)]))
    rows = await desk.rows("SELECT path, entry_id FROM live._route WHERE is_canonical ORDER BY path")
    assert [(row["path"], row["entry_id"]) for row in rows] == [("/a", b.entry), ("/b", a.entry)]


async def test_a_connection_that_is_cut_leaves_nothing_half_done(desk: Desk) -> None:
    """The error says that it can be tried again; then it is done, once, with the same key."""
    made = await desk.page()
    await desk.public(await desk.page("B", f"[x](entry:{made.entry})\n"))
    publish = Publish(made.entry, made.head)
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        publishing = asyncio.create_task(desk.run(publish, key="k"))
        await someone_waits(desk)
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        )
    with pytest.raises(UnavailableError) as failed:
        await publishing
    assert (failed.value.code, failed.value.is_retryable) == ("database-unavailable", True)
    assert await desk.row("live", made) is None
    assert not (await desk.run(publish, key="k")).is_repeated
    assert (await desk.run(publish, key="k")).is_repeated
    assert (await desk.events()).count("published") == 2


async def test_a_command_in_a_transaction_of_the_caller_ends_with_it(desk: Desk) -> None:
    """As a schedule does it: what is undone there is undone."""

    async def give_up(transaction: Transaction) -> None:
        commands = Commands(desk.database, MODEL)
        await commands.run_in(transaction, Create("Page", {"title": "A"}), desk.editor)
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        async with desk.database.transaction() as transaction:
            await give_up(transaction)
    assert await desk.rows("SELECT id FROM masthead.entry") == []
