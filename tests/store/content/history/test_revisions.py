"""The history of an entry: every revision with who, when, whence and why, and what differs between two."""

from pathlib import Path
from uuid import UUID

import pytest
from tests.store.content.commands.desk import MODEL, Desk
from tests.store.content.folders import bring_in, write

from masthead.content.commands import Create, Publish, Restore, Save, Unpublish
from masthead.content.history import History, find_entry
from masthead.kernel import InputError, NotFoundError, new_id
from masthead.store import Database


@pytest.fixture
def desk(database: Database) -> Desk:
    """Somebody who edits."""
    return Desk.at(database)


@pytest.fixture
def history(database: Database) -> History:
    """What became of it."""
    return History(database, MODEL)


async def test_every_revision_is_there_the_newest_first(desk: Desk, history: History) -> None:
    """With its number, base, source, note and author."""
    made = await desk.page("One")
    saved = await desk.one(Save(made.entry, made.head, {"title": "Two"}, note="Better"))
    await desk.one(Restore(made.entry, saved.head, made.head))

    page = await history.list(made.entry)

    assert [each.number for each in page.revisions] == [3, 2, 1]
    assert page.before is None
    second = page.revisions[1]
    assert (second.id, second.base, second.base_number) == (saved.head, made.head, 1)
    assert (second.source, second.note, second.author) == ("api", "Better", desk.editor.account)
    assert [each.is_head for each in page.revisions] == [True, False, False]


async def test_a_page_goes_on_where_the_one_before_ended(desk: Desk, history: History) -> None:
    """By numbers: a revision that comes meanwhile moves nothing."""
    changed = await desk.page("0")
    for number in range(1, 5):
        changed = await desk.save(changed, title=str(number))

    first = await history.list(changed.entry, size=2)
    await desk.save(changed, title="5")
    second = await history.list(changed.entry, before=first.before, size=2)
    third = await history.list(changed.entry, before=second.before, size=2)

    pages = [[each.number for each in page.revisions] for page in (first, second, third)]
    assert pages == [[5, 4], [3, 2], [1]]
    assert third.before is None


async def test_it_says_what_is_public_and_what_was(desk: Desk, history: History) -> None:
    """An older revision can be published, and what was public once is told from what never was."""
    made = await desk.page("One")
    two = await desk.save(made, title="Two")
    three = await desk.save(two, title="Three")
    await desk.one(Publish(made.entry, three.head, revision=two.head))

    is_public = [(each.number, each.is_published) for each in (await history.list(made.entry)).revisions]
    await desk.one(Unpublish(made.entry, three.head))
    revisions = (await history.list(made.entry)).revisions

    assert is_public == [(3, False), (2, True), (1, False)]
    assert [(each.is_published, each.was_published) for each in revisions] == [
        (False, False),
        (False, True),
        (False, False),
    ]


async def test_a_merge_is_seen_by_its_base(desk: Desk, history: History) -> None:
    """Two saves on one base: the second names the base, not the revision before it."""
    made = await desk.page("One", "a\nb\nc\n")
    await desk.save(made, body="A\nb\nc\n")
    merged = await desk.save(made, body="a\nb\nC\n")

    head = (await history.list(made.entry)).revisions[0]

    assert (head.number, head.base_number, merged.is_merged) == (3, 1, True)
    assert (await history.revision(made.entry, 3)).fields["body"] == "A\nb\nC\n"


async def test_imports_are_part_of_it(database: Database, history: History, tmp_path: Path) -> None:
    """With their source, and as published as they were."""
    text = "---\ntitle: {}\ndate: 2024-01-05\n---\n{}\n"
    folder = write(tmp_path / "blog", {"one.md": text.format("One", "Old words.")})
    await bring_in(database, folder)
    write(folder, {"one.md": text.format("One", "New words.")})
    await bring_in(database, folder)
    entry = await find_entry(database.drafts, MODEL, "/posts/one")

    revisions = (await history.list(entry)).revisions
    diff = await history.diff(entry, 1, 2)

    assert [(each.number, each.source, each.was_published) for each in revisions] == [
        (2, "import", True),
        (1, "import", True),
    ]
    (change,) = diff.changes
    assert [(run.kind, run.text) for run in change.text[0].runs] == [
        ("delete", "Old"),
        ("insert", "New"),
        ("equal", " words.\n"),
    ]


async def test_references_have_their_present_titles(desk: Desk, history: History) -> None:
    """The diff holds ids, and beside them what these entries are called now; not those that are gone."""
    ada, bob = await desk.author_entry("Ada"), await desk.author_entry("Bob")
    post = await desk.post(authors=[str(ada.entry)])
    await desk.save(post, authors=[str(bob.entry)])
    await desk.save(ada, name="Ada Lovelace")

    diff = await history.diff(post.entry, 1, 2)
    shown = diff.to_json(may_name=lambda key: key != str(bob.entry))

    (change,) = diff.changes
    assert change.items is not None
    assert (change.items.added, change.items.removed) == ((str(bob.entry),), (str(ada.entry),))
    assert diff.entries[str(ada.entry)].title == "Ada Lovelace"
    assert shown["entries"] == {str(ada.entry): {"type": "Author", "title": "Ada Lovelace"}}


async def test_hidden_fields_are_left_out(desk: Desk, history: History) -> None:
    """Whoever may not see a field does not learn that it has changed."""
    made = await desk.page("One")
    await desk.save(made, title="Two", body="New\n")

    diff = await history.diff(made.entry, 1, 2, hidden={"body"})

    assert [each.path for each in diff.changes] == ["title"]


async def test_what_is_not_there_is_named(desk: Desk, history: History) -> None:
    """An entry, a revision by number, a revision by id, one of another entry."""
    one, two = await desk.page("One"), await desk.page("Two")
    nobody = new_id()

    with pytest.raises(NotFoundError, match=str(nobody)):
        await history.list(nobody)
    with pytest.raises(NotFoundError, match="no revision 2"):
        await history.revision(one.entry, 2)
    with pytest.raises(NotFoundError, match="no revision 99999999999"):
        await history.revision(one.entry, 99999999999)
    with pytest.raises(NotFoundError, match=str(two.head)):
        await history.diff(one.entry, one.head, two.head)


async def test_an_entry_is_found_by_id_and_by_address(desk: Desk, database: Database) -> None:
    """In drafts, and by the old addresses that lead to it."""
    made = await desk.page("Hello")
    public = await desk.public(made)
    await desk.one(Save(made.entry, public.head, {"slug": "moved"}))

    for text in (str(made.entry), "/moved", "/hello"):
        assert await find_entry(database.drafts, MODEL, text) == made.entry
    with pytest.raises(NotFoundError):
        await find_entry(database.drafts, MODEL, "/nowhere")
    with pytest.raises(InputError, match="hello"):
        await find_entry(database.drafts, MODEL, "hello")


async def test_a_page_of_history_reads_no_snapshot(desk: Desk, database: Database, history: History) -> None:
    """However long the texts are: the list is one statement over narrow columns, by an index."""
    made = await desk.one(Create("Page", {"title": "Long", "body": "word " * 100_000}))

    page = await history.list(UUID(str(made.entry)))

    assert not hasattr(page.revisions[0], "fields")
    assert len(page.revisions) == 1
