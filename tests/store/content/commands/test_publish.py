"""Publishing: what must be whole, what must be public, whose address it is, and what follows."""

from pathlib import Path

import pytest
from tests.store.content.commands.desk import Desk, person
from tests.store.content.folders import bring_in, write

from masthead.access import OWNER
from masthead.content.commands import (
    Archive,
    Bulk,
    Changed,
    CommandRefusedError,
    Create,
    Delete,
    Duplicate,
    Publish,
    Save,
    StaleBaseError,
    Unarchive,
    Unpublish,
)
from masthead.kernel import InputError


async def refused(desk: Desk, command: object) -> CommandRefusedError:
    """Why a command is not done."""
    with pytest.raises(CommandRefusedError) as error:
        await desk.run(command)  # type: ignore[arg-type]  # any command
    return error.value


async def routes(desk: Desk) -> dict[str, tuple[object, bool]]:
    """Every public address: whose, and whether its own."""
    rows = await desk.rows("SELECT path, entry_id, is_canonical FROM live._route")
    return {row["path"]: (row["entry_id"], row["is_canonical"]) for row in rows}


async def test_everything_that_is_missing_is_named_at_once(desk: Desk) -> None:
    """Values and references."""
    author = await desk.author_entry()
    post = await desk.one(Create("Post", {"title": "A" * 400, "authors": [str(author.entry)]}))
    error = await refused(desk, Publish(post.entry, post.head))
    assert {each.path: each.code for each in error.faults} == {
        "title": "field-invalid",
        "date": "field-missing",
        "body": "field-missing",
        "authors.0": "reference-not-public",
    }
    assert error.missing == (author.entry,)


async def test_a_reference_to_a_draft_is_refused_or_published_along(desk: Desk) -> None:
    """By name, or all of them."""
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    error = await refused(desk, Publish(post.entry, post.head))
    assert str(error) == (
        f'"authors.0" refers to Author {author.entry}, which is not public. '
        "Publish what is missing first, or along with it (`along`). [reference-not-public]"
    )
    outcome = await desk.run(Publish(post.entry, post.head, along=[author.entry]))
    assert [(each.type, each.state) for each in outcome.entries] == [
        ("Post", "published"),
        ("Author", "published"),
    ]
    assert await desk.events(author.entry) == ["created", "published"]


async def test_what_comes_along_brings_what_it_needs(desk: Desk) -> None:
    """Recursively; a whole one only: the faults of each are told."""
    one = await desk.one(Create("Author", {"slug": "nameless"}))
    post = await desk.post(authors=[str(one.entry)])
    error = await refused(desk, Publish(post.entry, post.head, is_along=True))
    assert [(each.entry, each.path, each.code) for each in error.faults] == [
        (one.entry, "name", "field-missing")
    ]


async def test_a_stale_base_is_refused_unless_the_revision_is_named(desk: Desk) -> None:
    """What is named is published, whatever the head is meanwhile."""
    made = await desk.page("A")
    saved = await desk.save(made, title="B")
    with pytest.raises(StaleBaseError) as error:
        await desk.run(Publish(made.entry, made.head))
    assert (error.value.code, error.value.head) == ("stale", saved.head)
    assert f"its head is {saved.head} (number 2)" in error.value.message
    pinned = await desk.one(Publish(made.entry, made.head, made.head))
    assert (pinned.state, pinned.published, pinned.head) == ("changed", made.head, saved.head)


async def test_an_older_revision_keeps_the_redirects_that_came_since(desk: Desk) -> None:
    """It is published as a new revision that names them; the head stays what it was."""
    first = await desk.public(await desk.page("A"))
    second = await desk.public(await desk.save(first, slug="b"))
    draft = await desk.save(second, title="Draft")
    back = await desk.one(Publish(draft.entry, draft.head, first.head))
    assert await routes(desk) == {"/a": (first.entry, True), "/b": (first.entry, False)}
    assert (back.number, back.state) == (5, "changed")
    row = await desk.row("draft", back)
    assert row is not None
    assert row["title"] == "Draft"


async def test_an_entry_takes_its_old_address_back(desk: Desk) -> None:
    """The one between becomes the redirect."""
    made = await desk.public(await desk.page("A"))
    made = await desk.public(await desk.save(made, slug="b"))
    made = await desk.public(await desk.save(made, slug="a"))
    assert await routes(desk) == {"/a": (made.entry, True), "/b": (made.entry, False)}


async def test_an_old_address_yields_to_an_entry_of_its_own(desk: Desk) -> None:
    """And comes back when that goes."""
    old = await desk.public(await desk.page("A"))
    await desk.public(await desk.save(old, slug="b"))
    new = await desk.public(await desk.page("Other", slug="a"))
    assert (await routes(desk))["/a"] == (new.entry, True)
    await desk.run(Unpublish(new.entry, new.head))
    assert (await routes(desk))["/a"] == (old.entry, False)


async def test_an_address_of_another_entry_is_refused(desk: Desk) -> None:
    """Slugs of one type, and addresses across types."""
    made = await desk.public(await desk.page("A"))
    other = await desk.page("Other", slug="a")
    error = await refused(desk, Publish(other.entry, other.head))
    assert (error.code, error.faults[0].path) == ("address-taken", "slug")
    assert error.message == f'The slug "a" is that of Page {made.entry} already.'


async def test_an_address_stays_with_an_entry_that_is_only_saved_beside(desk: Desk) -> None:
    """In a bulk: the older one cannot take it, though the younger one's draft leaves it."""
    other = await desk.page("Other", slug="a")
    made = await desk.public(await desk.page("A", slug="a"))
    commands = [Publish(other.entry, other.head), Save(made.entry, made.head, {"slug": "b"})]
    error = await refused(desk, Bulk(commands))
    assert error.message == f'The slug "a" is that of Page {made.entry} already.'


async def test_an_address_of_the_site_itself_is_refused(desk: Desk) -> None:
    """A page cannot be in the place of the archive; one called so gets another slug."""
    assert (await desk.row("draft", await desk.page("Archive")) or {})["slug"] == "archive-2"
    made = await desk.page("Other", slug="archive")
    assert (await refused(desk, Publish(made.entry, made.head))).code == "address-reserved"


async def test_slugs_that_are_made_are_free(desk: Desk) -> None:
    """Among drafts and what is public."""
    slugs = [(await desk.row("draft", await desk.page("Same")) or {})["slug"] for _ in range(3)]
    assert slugs == ["same", "same-2", "same-3"]


async def test_what_a_public_entry_refers_to_is_held(desk: Desk) -> None:
    """By a field: its referrers are named. A link in a text holds nothing."""
    author = await desk.public(await desk.author_entry())
    post = await desk.public(await desk.post("Hello", authors=[str(author.entry)]))
    page = await desk.public(await desk.page("Page", "[Ada](/authors/ada)\n"))
    for command in (Unpublish(author.entry, author.head), Archive(author.entry, author.head)):
        error = await refused(desk, command)
        assert error.code == "held"
        assert error.message == (
            f'Post "Hello" ({post.entry}) is public and refers to this Author in "authors.0".'
        )
    await desk.run(Unpublish(post.entry, post.head))
    await desk.run(Unpublish(author.entry, author.head))
    assert (await desk.row("live", page) or {})["body_html"] == "<p><a>Ada</a></p>\n"


async def test_a_deleted_entry_leaves_no_reference(desk: Desk) -> None:
    """A draft that refers to it holds it; when that is gone, everything of the entry goes."""
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    gone = await desk.one(Archive(author.entry, author.head))
    assert (await refused(desk, Delete(gone.entry, gone.head))).code == "held"
    await desk.save(post, authors=[])
    await desk.run(Delete(gone.entry, gone.head))
    assert await desk.rows("SELECT 1 FROM masthead.revision WHERE entry_id = $1", author.entry) == []
    other = await desk.post("Other")
    error = await refused(desk, Save(other.entry, other.head, {"authors": [str(author.entry)]}))
    assert error.code == "reference-unknown"


@pytest.mark.parametrize("name", ["save", "publish", "unpublish", "archive"])
async def test_what_is_archived_is_left_in_peace(desk: Desk, name: str) -> None:
    """It must be brought back first."""
    made = await desk.page()
    gone = await desk.one(Archive(made.entry, made.head))
    commands = {
        "save": Save(gone.entry, gone.head, {"title": "B"}),
        "publish": Publish(gone.entry, gone.head),
        "unpublish": Unpublish(gone.entry, gone.head),
        "archive": Archive(gone.entry, gone.head),
    }
    error = await refused(desk, commands[name])
    assert str(error) == 'Page "Hello" is archived. Unarchive it first. [archived]'


async def test_commands_out_of_turn_are_refused(desk: Desk) -> None:
    """Each with its code."""
    made = await desk.page()
    assert (await refused(desk, Unpublish(made.entry, made.head))).code == "not-public"
    assert (await refused(desk, Unarchive(made.entry, made.head))).code == "not-archived"
    assert (await refused(desk, Delete(made.entry, made.head))).code == "not-archived"
    assert (await refused(desk, Publish(made.entry, made.head, made.entry))).code == "revision-unknown"


async def test_a_reference_to_what_is_archived_is_refused(desk: Desk) -> None:
    """When it is new; what was there may stay, and is asked for when it is published."""
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    await desk.run(Archive(author.entry, author.head))
    saved = await desk.save(post, title="B")
    assert (await refused(desk, Publish(saved.entry, saved.head))).code == "reference-archived"
    other = await desk.post("Other")
    assert (await refused(desk, Save(other.entry, other.head, {"authors": [str(author.entry)]}))).code == (
        "reference-archived"
    )


async def test_a_duplicate_is_a_draft_with_slugs_of_its_own(desk: Desk) -> None:
    """Of whoever made it; without the addresses that lead to the first."""
    made = await desk.public(await desk.page("A", description="x"))
    made = await desk.public(await desk.save(made, slug="b"))
    owner = person(OWNER)
    copy: Changed = await desk.one(Duplicate(made.entry), owner)
    row = await desk.row("draft", copy)
    assert row is not None
    assert (row["title"], row["description"], row["slug"]) == ("A", "x", "a")
    rows = await desk.rows("SELECT owner FROM masthead.entry WHERE id = $1", copy.entry)
    assert rows[0]["owner"] == owner.account
    published = await desk.public(copy)
    assert (await routes(desk))["/a"] == (published.entry, True)


async def test_there_is_one_entry_of_a_singleton(desk: Desk) -> None:
    """A second one is refused, and says which is there."""
    made = await desk.one(Create("Site", {"title": "A"}))
    with pytest.raises(InputError, match="singleton-exists") as error:
        await desk.run(Create("Site", {"title": "B"}))
    assert str(made.entry) in error.value.message


async def test_the_site_stays_public(desk: Desk) -> None:
    """Every page shows its title."""
    made = await desk.public(await desk.one(Create("Site", {"title": "A"})))
    for command in (Unpublish(made.entry, made.head), Archive(made.entry, made.head)):
        assert (await refused(desk, command)).code == "needed"


async def test_an_asset_is_made_of_a_file(desk: Desk) -> None:
    """No command invents bytes."""
    with pytest.raises(InputError, match="asset-without-file"):
        await desk.run(Create("Asset", {"filename": "a.png"}))


async def test_links_of_all_spellings_are_stored_as_ids(desk: Desk) -> None:
    """Absolute, relative, with a slash behind, to a draft, by an old address; the rest stays as written."""
    page = await desk.public(await desk.page("A"))
    await desk.public(await desk.save(page, slug="b"))
    await desk.page("Draft")
    source = "[1](/b) [2](b#x) [3](/a/) [4](/draft) [5](/nowhere) [6](https://a.example/b) [7](/b?x=1)\n"
    made = await desk.page("Other", source)
    snapshot = await desk.rows(
        "SELECT snapshot #>> '{fields,body}' AS body FROM masthead.revision WHERE id = $1", made.head
    )
    draft = (await desk.rows("SELECT id FROM draft.page WHERE path = '/draft'"))[0]["id"]
    e = f"entry:{page.entry}"
    stored = f"[1]({e}) [2]({e}#x) [3]({e}) [4](entry:{draft})"
    assert snapshot[0]["body"] == f"{stored} [5](/nowhere) [6](https://a.example/b) [7](/b?x=1)\n"


async def test_what_refers_to_a_moved_entry_and_is_saved_with_it_follows(desk: Desk) -> None:
    """In one bulk: the address of one changes, and a draft of the other is saved; its public text, which
    nobody touched, has the new address."""
    page = await desk.public(await desk.page("A"))
    other = await desk.public(await desk.page("B", "See [a](/a).\n"))
    page = await desk.save(page, slug="c")
    await desk.run(Bulk([Publish(page.entry, page.head), Save(other.entry, other.head, {"title": "New"})]))
    row = await desk.row("live", other)
    assert row is not None
    assert (row["title"], row["body"]) == ("B", "See [a](/c).\n")


async def test_an_address_that_becomes_an_old_one_goes_to_the_oldest_who_had_it(desk: Desk) -> None:
    """Though a younger entry had it as its own until now."""
    first = await desk.public(await desk.page("A"))
    await desk.public(await desk.save(first, slug="first"))
    second = await desk.public(await desk.page("Second", slug="a"))
    await desk.public(await desk.save(second, slug="second"))
    assert (await routes(desk))["/a"] == (first.entry, False)


async def test_a_derived_entry_takes_no_slug_of_another(desk: Desk, tmp_path: Path) -> None:
    """It would become public with what refers to it; who publishes that is told."""
    post = "---\ntitle: A\ndate: 2024-01-05\ntags: [go]\ndraft: true\n---\nText.\n"
    await bring_in(desk.database, write(tmp_path / "blog", {"a.md": post}))
    tag = await desk.public(await desk.one(Create("Tag", {"name": "Go", "slug": "go"})))
    row = (
        await desk.rows("SELECT e.id, e.head FROM masthead.entry AS e JOIN draft.post AS p ON p.id = e.id")
    )[0]
    error = await refused(desk, Publish(row["id"], row["head"]))
    assert error.message == f'The slug "go" is that of Tag {tag.entry} already.'
