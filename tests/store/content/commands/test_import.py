"""Imports and people: what was edited in Masthead since a file was imported is left alone."""

from pathlib import Path

from tests.store.content.commands.desk import Desk
from tests.store.content.folders import PIXEL, bring_in, public, write

from masthead.content import ImportOptions, ImportReport, import_folder
from masthead.content.commands import Archive, Changed, Delete, Save, Unpublish
from masthead.store import Database

POST = "---\ntitle: {0}\ndate: 2024-01-05\nauthor: Ada\ntags: [go]\n---\nText of {0}.\n"


async def found(desk: Desk, type_name: str, path: str) -> Changed:
    """An imported entry, as a command would name it."""
    state = await desk.rows(
        "SELECT e.id, e.head, e.published, r.number FROM masthead.entry AS e "
        f'JOIN masthead.revision AS r ON r.id = e.head JOIN draft."{type_name.lower()}" AS d ON d.id = e.id '
        "WHERE d.path = $1",
        path,
    )
    row = state[0]
    return Changed(row["id"], type_name, row["head"], row["number"], row["published"], "published")


async def codes(database: Database, folder: Path, **options: bool) -> list[tuple[str, str]]:
    """The problems of an import: file and code."""
    report: ImportReport = await bring_in(database, folder, **options)
    return [(each.file, each.code) for each in report.problems]


async def test_an_edited_entry_is_left_alone_when_its_file_changes(desk: Desk, tmp_path: Path) -> None:
    """The problem names the file, the entry and what to do; other files are imported."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "b.md": "B\n"})
    await bring_in(desk.database, folder)
    page = await found(desk, "Page", "/a")
    await desk.save(page, title="Edited")
    assert await codes(desk.database, folder) == []
    write(folder, {"a.md": "Changed\n", "b.md": "Changed\n"})
    report = await bring_in(desk.database, folder)
    assert report.changed == ("b.md",)
    assert str(report.problems[0]) == (
        f"a.md:1:1: The file has changed, and its entry {page.entry} was edited in Masthead since it was "
        "imported. The entry is left as it is. Make the change in the entry, or `masthead import "
        "--overwrite`: what was edited stays in its history. [edited-here]"
    )
    row = await desk.row("draft", page)
    assert row is not None
    assert (row["title"], row["body"]) == ("Edited", "A\n")


async def test_overwrite_takes_what_the_file_says(desk: Desk, tmp_path: Path) -> None:
    """As a new revision; from then on the file is in force again."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    await bring_in(desk.database, folder)
    await desk.save(await found(desk, "Page", "/a"), title="Edited")
    write(folder, {"a.md": "Changed\n"})
    options = ImportOptions(overwrite=True)
    data = folder.parent / "data"
    report = await import_folder(desk.database, desk.commands.model, folder, data=data, options=options)
    assert (report.changed, report.problems) == (("a.md",), ())
    assert [row["body"] for row in await public(desk.database, "page")] == ["Changed\n"]
    write(folder, {"a.md": "Again\n"})
    assert await codes(desk.database, folder) == []


async def test_what_people_took_away_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    """Neither what was unpublished nor what was archived, though their files are there."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "b.md": "B\n", "c.md": "See [a](a.md) [b](b.md).\n"})
    await bring_in(desk.database, folder)
    a, b = await found(desk, "Page", "/a"), await found(desk, "Page", "/b")
    await desk.run(Unpublish(a.entry, a.head))
    await desk.run(Archive(b.entry, b.head))
    assert await codes(desk.database, folder) == []
    write(folder, {"c.md": "See [a](a.md) [b](b.md)!\n"})
    assert await codes(desk.database, folder) == []
    assert [row["path"] for row in await public(desk.database, "page")] == ["/c"]


async def test_a_file_whose_entry_was_deleted_is_new(desk: Desk, tmp_path: Path) -> None:
    """Nothing is known of it any more."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    await bring_in(desk.database, folder)
    page = await found(desk, "Page", "/a")
    await desk.run(Archive(page.entry, page.head))
    await desk.run(Delete(page.entry, page.head))
    report = await bring_in(desk.database, folder)
    assert report.created == ("a.md",)


async def test_links_lead_to_where_an_edited_entry_is_now(desk: Desk, tmp_path: Path) -> None:
    """By its file's path, by its old address and by its new one."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    await bring_in(desk.database, folder)
    saved = await desk.save(await found(desk, "Page", "/a"), slug="new")
    await desk.public(saved)
    write(folder, {"b.md": "[1](a.md) [2](/a) [3](/new)\n"})
    assert await codes(desk.database, folder) == []
    pages = {row["path"]: row for row in await public(desk.database, "page")}
    assert pages["/b"]["body"] == "[1](/new) [2](/new) [3](/new)\n"


async def test_an_address_that_an_edited_entry_has_taken_is_not_free(desk: Desk, tmp_path: Path) -> None:
    """Neither that of its draft nor the public one."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    await bring_in(desk.database, folder)
    await desk.save(await found(desk, "Page", "/a"), slug="b")
    write(folder, {"b.md": "B\n", "c.md": "---\nslug: a\n---\nC\n"})
    assert await codes(desk.database, folder) == [("b.md", "slug-duplicate"), ("c.md", "slug-duplicate")]


async def test_a_described_asset_is_still_the_asset_of_its_file(desk: Desk, tmp_path: Path) -> None:
    """A second file that shows the picture refers to the same entry."""
    folder = write(tmp_path / "blog", {"a.md": "![x](x.png)\n", "x.png": PIXEL})
    await bring_in(desk.database, folder)
    asset = (await public(desk.database, "asset"))[0]
    await desk.run(Save(asset["id"], (await found(desk, "Asset", asset["path"])).head, {"alt": "A dot"}))
    write(folder, {"b.md": "![x](x.png)\n"})
    assert await codes(desk.database, folder) == []
    assert (await desk.rows("SELECT count(*) AS n FROM draft.asset"))[0]["n"] == 1


async def test_an_edited_tag_is_named_by_files_as_before(desk: Desk, tmp_path: Path) -> None:
    """It is an entry of its own now: it stays public when nothing refers to it."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A")})
    await bring_in(desk.database, folder)
    tag = await found(desk, "Tag", "/tags/go")
    await desk.public(await desk.save(tag, description="The language."))
    write(folder, {"b.md": POST.format("B")})
    assert await codes(desk.database, folder) == []
    assert (await desk.rows("SELECT count(*) AS n FROM draft.tag"))[0]["n"] == 1
    (folder / "a.md").unlink()
    (folder / "b.md").unlink()
    await bring_in(desk.database, folder, prune=True)
    assert [row["path"] for row in await public(desk.database, "tag")] == ["/tags/go"]
    assert await public(desk.database, "author") == []


async def test_prune_leaves_what_was_edited(desk: Desk, tmp_path: Path) -> None:
    """With the same problem."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "b.md": "B\n"})
    await bring_in(desk.database, folder)
    await desk.save(await found(desk, "Page", "/a"), title="Edited")
    (folder / "a.md").unlink()
    assert await codes(desk.database, folder, prune=True) == [("a.md", "edited-here")]
    assert [row["path"] for row in await public(desk.database, "page")] == ["/a", "/b"]


async def test_a_moved_file_of_an_edited_entry_makes_no_second_one(desk: Desk, tmp_path: Path) -> None:
    """It is recognised by its bytes; the entry stays where its editor put it."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    await bring_in(desk.database, folder)
    await desk.save(await found(desk, "Page", "/a"), title="Edited")
    (folder / "a.md").rename(folder / "new.md")
    assert await codes(desk.database, folder) == []
    assert [row["path"] for row in await public(desk.database, "page")] == ["/a"]


async def test_an_edited_site_is_left_alone_until_its_settings_change(desk: Desk, tmp_path: Path) -> None:
    """And then the settings' file is named."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "masthead.toml": '[site]\ntitle = "One"\n'})
    await bring_in(desk.database, folder)
    row = (
        await desk.rows("SELECT e.id, e.head FROM masthead.entry AS e JOIN draft.site AS s ON s.id = e.id")
    )[0]
    await desk.run(Save(row["id"], row["head"], {"title": "Edited"}))
    assert await codes(desk.database, folder) == []
    write(folder, {"masthead.toml": '[site]\ntitle = "Two"\n'})
    assert await codes(desk.database, folder) == [("masthead.toml", "edited-here")]
    assert (await desk.rows("SELECT title FROM draft.site"))[0]["title"] == "Edited"


async def test_a_file_that_refers_to_what_is_withheld_is_not_imported(desk: Desk, tmp_path: Path) -> None:
    """The finding names file, field and entry; the last good version stays; published again, it comes."""
    folder = write(tmp_path / "blog", {"posts/a.md": POST.format("A")})
    await bring_in(desk.database, folder)
    write(folder, {"posts/a.md": POST.format("A").replace("go", "rust")})
    await bring_in(desk.database, folder)
    write(folder, {"posts/b.md": POST.format("B")})
    await bring_in(desk.database, folder)
    tag = await found(desk, "Tag", "/tags/go")
    write(folder, {"posts/b.md": POST.format("B").replace("go", "rust")})
    await bring_in(desk.database, folder)
    tag = await desk.save(tag, name="Go")
    assert [row["slug"] for row in await public(desk.database, "tag")] == ["rust"]
    write(
        folder, {"posts/b.md": POST.format("B").replace("Text", "New text"), "posts/c.md": POST.format("C")}
    )
    report = await bring_in(desk.database, folder)
    assert [(each.file, each.code) for each in report.problems] == [
        ("posts/b.md", "reference-not-public"),
        ("posts/c.md", "reference-not-public"),
    ]
    assert f'"tags" refers to Tag "go" (entry {tag.entry})' in str(report.problems[0])
    assert sorted(row["body_text"] for row in await public(desk.database, "post")) == [
        "Text of A.",
        "Text of B.",
    ]
    await desk.public(tag)
    assert await codes(desk.database, folder) == []
    assert sorted(row["body_text"] for row in await public(desk.database, "post")) == [
        "New text of B.",
        "Text of A.",
        "Text of C.",
    ]


async def test_a_draft_may_refer_to_what_is_withheld(desk: Desk, tmp_path: Path) -> None:
    """It is not public either. A text may link to it always: the link waits."""
    folder = write(tmp_path / "blog", {"posts/a.md": POST.format("A"), "b.md": "B\n"})
    await bring_in(desk.database, folder)
    post, page = await found(desk, "Post", "/posts/a"), await found(desk, "Page", "/b")
    await desk.run(Unpublish(post.entry, post.head))
    await desk.run(Unpublish(page.entry, page.head))
    files = {
        "posts/c.md": POST.format("C").replace("title", "draft: true\ntitle"),
        "d.md": "See [b](b.md).\n",
    }
    write(folder, files)
    assert await codes(desk.database, folder) == []
