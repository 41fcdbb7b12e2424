"""The round of an entry: created, saved, published, unpublished, archived, brought back, deleted."""

from tests.store.content.commands.desk import Desk

from masthead.content.commands import Archive, Delete, Publish, Unarchive, Unpublish


async def test_a_new_entry_is_a_draft_of_its_maker(desk: Desk) -> None:
    """It has a slug of its title and is not public."""
    made = await desk.page("Hello, World")
    assert (made.type, made.number, made.state, made.published) == ("Page", 1, "draft", None)
    row = await desk.row("draft", made)
    assert row is not None
    assert (row["slug"], row["path"], row["body_html"]) == ("hello-world", "/hello-world", "<p>Text.</p>\n")
    assert await desk.row("live", made) is None
    owner = await desk.rows("SELECT owner FROM masthead.entry")
    assert owner == [{"owner": desk.editor.account}]


async def test_a_save_changes_the_draft_and_nothing_that_is_public(desk: Desk) -> None:
    """Until it is published again."""
    made = await desk.public(await desk.page("Hello"))
    saved = await desk.save(made, title="Changed")
    assert (saved.number, saved.state, saved.published) == (2, "changed", made.head)
    draft, live = await desk.row("draft", saved), await desk.row("live", saved)
    assert draft is not None
    assert live is not None
    assert (draft["title"], live["title"]) == ("Changed", "Hello")
    again = await desk.public(saved)
    live = await desk.row("live", again)
    assert live is not None
    assert (again.state, live["title"]) == ("published", "Changed")


async def test_what_is_unpublished_is_a_draft(desk: Desk) -> None:
    """And comes back by being published."""
    made = await desk.public(await desk.page())
    out = await desk.one(Unpublish(made.entry, made.head))
    assert (out.state, await desk.row("live", out)) == ("draft", None)
    assert (await desk.public(out)).state == "published"


async def test_the_whole_round_is_told_in_events_and_audit(desk: Desk) -> None:
    """In order, each once."""
    made = await desk.public(await desk.save(await desk.page(), title="B"))
    out = await desk.one(Unpublish(made.entry, made.head))
    gone = await desk.one(Archive(out.entry, out.head))
    assert (gone.state, await desk.row("draft", gone)) == ("archived", None)
    back = await desk.one(Unarchive(gone.entry, gone.head))
    assert back.state == "draft"
    gone = await desk.one(Archive(back.entry, back.head))
    deleted = await desk.one(Delete(gone.entry, gone.head))
    assert deleted.state == "deleted"
    told = ["created", "saved", "published", "unpublished", "archived", "unarchived", "archived", "deleted"]
    assert await desk.events(made.entry) == told
    assert [action for action, _, _ in await desk.audit()] == [
        *("entry.create", "entry.save", "entry.publish", "entry.unpublish", "entry.archive"),
        *("entry.unarchive", "entry.archive", "entry.delete"),
    ]
    assert await desk.rows("SELECT id FROM masthead.revision") == []


async def test_a_renamed_slug_leaves_a_redirect_and_links_follow(desk: Desk) -> None:
    """Also in the pages of others, who are not touched."""
    made = await desk.public(await desk.page("A"))
    other = await desk.public(await desk.page("B", "See [a](/a#x).\n"))
    changed = await desk.public(await desk.save(made, slug="c"))
    row = await desk.row("live", other)
    assert row is not None
    assert row["body_html"] == '<p>See <a href="/c#x">a</a>.</p>\n'
    routes = await desk.rows(
        "SELECT path, is_canonical FROM live._route WHERE entry_id = $1 ORDER BY 1", made.entry
    )
    assert [(each["path"], each["is_canonical"]) for each in routes] == [("/a", False), ("/c", True)]
    assert changed.number == 2


async def test_publishing_again_what_is_public_changes_nothing(desk: Desk) -> None:
    """No event, the same revision."""
    made = await desk.public(await desk.page())
    again = await desk.one(Publish(made.entry, made.head))
    assert (again, await desk.events()) == (made, ["created", "published"])


async def test_what_a_reader_of_a_draft_saves_again_loses_no_link(desk: Desk) -> None:
    """A link to what is archived keeps its id in the draft's Markdown, and loses its target on the page."""
    made = await desk.page("A")
    other = await desk.public(await desk.page("B", "See [a](/a).\n"))
    gone = await desk.one(Archive(made.entry, made.head))
    draft, live = await desk.row("draft", other), await desk.row("live", other)
    assert draft is not None
    assert live is not None
    assert draft["body"] == f"See [a](entry:{made.entry}).\n"
    assert (draft["body_html"], live["body"]) == ("<p>See <a>a</a>.</p>\n", "See [a](#).\n")
    await desk.save(other, body=draft["body"] + "More.\n")
    await desk.one(Unarchive(gone.entry, gone.head))
    draft = await desk.row("draft", other)
    assert draft is not None
    assert draft["body"] == "See [a](/a).\nMore.\n"
