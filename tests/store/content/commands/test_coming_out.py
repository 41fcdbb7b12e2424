"""Entries become public beside each other; where one must know of another, they do not."""

import asyncio
import random
from contextlib import suppress
from pathlib import Path

import pytest
from tests.store.content.commands.desk import MODEL, Desk
from tests.store.content.folders import bring_in, differences, write

from masthead.content.commands import (
    Changed,
    CommandRefusedError,
    Publish,
    Unpublish,
    hold_entries,
)
from masthead.content.routes import take_route
from masthead.kernel import new_id
from masthead.store import apply_model, open_database

POST = "---\ntitle: A\ndate: 2024-01-05\nauthor: Ada\n---\nText.\n"
WAITING = "SELECT count(*) AS n FROM pg_locks WHERE NOT granted"


async def someone_waits(desk: Desk) -> None:
    """Return when another connection waits for a lock of any kind."""
    while (await desk.rows(WAITING))[0]["n"] == 0:  # noqa: ASYNC110 - only the database knows who waits there
        await asyncio.sleep(0)


async def test_what_nothing_public_links_to_comes_out_beside_others(desk: Desk) -> None:
    """A shared lock is held by somebody else; drafts that refer to it are no hindrance, nor public entries
    that it refers to."""
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        assert (await desk.public(author)).state == "published"
        assert (await desk.public(post)).state == "published"


async def test_two_that_come_out_at_once_both_do(desk: Desk) -> None:
    """The first has done everything but its commit; only the number of what is public is waited for."""
    first, second = await desk.page("A"), await desk.page("B")
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        await desk.commands._turn(other, Publish(first.entry, first.head), desk.editor, is_exclusive=False)
        publishing = asyncio.create_task(desk.run(Publish(second.entry, second.head)))
        await someone_waits(desk)
    assert (await publishing).entries[0].state == "published"
    assert await desk.row("live", first) is not None


async def test_of_two_that_want_one_address_one_gets_it(desk: Desk) -> None:
    """Neither sees the other when it asks; the second is told who has it."""
    first, second = await desk.page("A", slug="same"), await desk.page("B", slug="same")
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        await desk.commands._turn(other, Publish(first.entry, first.head), desk.editor, is_exclusive=False)
        publishing = asyncio.create_task(desk.run(Publish(second.entry, second.head)))
        await someone_waits(desk)
    with pytest.raises(CommandRefusedError) as refused:
        await publishing
    (fault,) = refused.value.faults
    assert (fault.entry, fault.path, fault.code) == (second.entry, "slug", "address-taken")
    assert str(first.entry) in fault.message


async def test_an_address_is_taken_once_whatever_the_types(desk: Desk) -> None:
    """The second waits for the first, and finds it taken; one that only led elsewhere is free."""
    await desk.rows(
        "INSERT INTO live._route (path, entry_id, is_canonical) VALUES ('/a', $1, false) RETURNING path",
        new_id(),
    )

    async def take() -> bool:
        async with desk.database.transaction() as transaction:
            return await take_route(transaction, "/a", new_id())

    async with desk.database.transaction() as first:
        assert await take_route(first, "/a", new_id())
        second = asyncio.create_task(take())
        await someone_waits(desk)
    assert not await second
    await desk.rows("DELETE FROM live._route RETURNING path")


async def test_a_public_text_comes_to_link_to_what_is_hidden_alone_only(desk: Desk) -> None:
    """Else what becomes public at that moment would not know of it, and nobody would mend its link."""
    hidden = await desk.page("Hidden")
    linking = await desk.public(await desk.page("Linking"))
    linking = await desk.save(linking, body=f"[x](entry:{hidden.entry})\n")
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        publishing = asyncio.create_task(desk.public(linking))
        await someone_waits(desk)
        assert not publishing.done()
    await publishing
    await desk.public(hidden)
    row = await desk.row("live", linking)
    assert row is not None
    assert 'href="/hidden"' in row["body_html"]


async def test_a_derived_entry_that_is_public_already_holds_nobody_up(desk: Desk, tmp_path: Path) -> None:
    """What an import made of a name goes as soon as nothing public refers to it. One more that does changes
    nothing; the last one that does not any more, does."""
    await bring_in(desk.database, write(tmp_path / "blog", {"a.md": POST}))
    (imported,) = await desk.rows("SELECT e.id, e.head FROM masthead.entry AS e JOIN live.post USING (id)")
    (author,) = await desk.rows("SELECT id FROM live.author")
    post = await desk.post("B", authors=[str(author["id"])])
    async with desk.database.transaction() as other:
        await hold_entries(other, is_exclusive=False)
        await desk.public(post)
    await desk.run(Unpublish(imported["id"], imported["head"]))
    assert await desk.rows("SELECT id FROM live.author") == [author]
    await desk.run(Unpublish(post.entry, post.head))
    assert await desk.rows("SELECT id FROM live.author") == []


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(2))
async def test_whatever_comes_out_at_once_everything_is_as_its_revisions_say(
    empty_database_url: str, seed: int
) -> None:
    """Twelve pages, each of which links to two others, and two of which want one address; all are published
    at once, withdrawn and changed at once, again and again. Without the rule that public texts come to link
    to what is hidden alone only, `verify` finds links that lead nowhere."""
    chance = random.Random(seed)
    async with asyncio.timeout(120), open_database(empty_database_url, size=8) as database:
        await apply_model(database, MODEL)
        desk = Desk.at(database)
        pages = [await desk.page(f"Page {number}", slug=f"p{min(number, 10)}") for number in range(12)]
        for _ in range(6):
            await asyncio.gather(*(_change(desk, pages, each, chance) for each in range(12)))
            await asyncio.gather(*(_publish(desk, each) for each in chance.sample(pages, 12)))
            assert await differences(database) == []
            rows = await desk.rows("SELECT path FROM live._route WHERE is_canonical")
            assert len(rows) == 11
            await asyncio.gather(*(_withdraw(desk, each) for each in pages))


async def _change(desk: Desk, pages: list[Changed], number: int, chance: random.Random) -> None:
    links = [f"[{chance.random()}](entry:{each.entry})\n" for each in chance.sample(pages, 2)]
    pages[number] = await desk.save(pages[number], body="\n".join(links))


async def _publish(desk: Desk, page: Changed) -> None:
    with suppress(CommandRefusedError):  # one of them, for its address
        await desk.public(page)


async def _withdraw(desk: Desk, page: Changed) -> None:
    with suppress(CommandRefusedError):
        await desk.run(Unpublish(page.entry, page.head))
