"""What a second import does: unchanged, changed, moved, vanished, drafts, settings."""

from pathlib import Path

from tests.store.content.folders import PIXEL, bring_in, differences, paths, public, redirects, write

from masthead.store import Database

POST = "---\ntitle: {0}\ndate: 2024-01-05\nauthor: Ada\ntags: [go]\n---\nText of {0}.\n"


async def generation(database: Database) -> int:
    """How often what is public has changed."""
    async with database.transaction() as transaction:
        return int(await transaction.fetch_value("SELECT number FROM live._generation"))


async def revisions(database: Database) -> int:
    """How many revisions there are."""
    async with database.transaction() as transaction:
        return int(await transaction.fetch_value("SELECT count(*) FROM masthead.revision"))


async def test_an_unchanged_folder_changes_nothing(database: Database, tmp_path: Path) -> None:
    """No revision, no generation, nothing announced."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A"), "b.md": "See [a](a.md).\n"})
    await bring_in(database, folder)
    before = (await generation(database), await revisions(database))
    report = await bring_in(database, folder)
    assert (report.unchanged, report.has_changed_live) == (("a.md", "b.md"), False)
    assert (await generation(database), await revisions(database)) == before


async def test_a_changed_file_becomes_the_next_revision(database: Database, tmp_path: Path) -> None:
    """The entry stays the same one."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A")})
    await bring_in(database, folder)
    before = await public(database, "post")
    write(folder, {"a.md": POST.format("B")})
    report = await bring_in(database, folder)
    after = await public(database, "post")
    assert report.changed == ("a.md",)
    assert [(row["id"], row["title"]) for row in after] == [(before[0]["id"], "B")]
    async with database.transaction() as transaction:
        rows = await transaction.fetch(
            "SELECT r.number FROM masthead.revision AS r WHERE r.entry_id = $1 ORDER BY 1", before[0]["id"]
        )
    assert [row["number"] for row in rows] == [1, 2]


async def test_a_moved_file_is_the_same_entry_and_leaves_a_redirect(
    database: Database, tmp_path: Path
) -> None:
    """Same bytes elsewhere; those that link to it follow."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "b.md": "See [a](/a).\n"})
    await bring_in(database, folder)
    before = (await public(database, "page"))[0]["id"]
    (folder / "a.md").rename(folder / "new.md")
    report = await bring_in(database, folder)
    assert (report.moved, report.created, report.vanished) == ((("a.md", "new.md"),), (), ())
    pages = {row["path"]: row for row in await public(database, "page")}
    assert pages["/new"]["id"] == before
    assert pages["/b"]["body_html"] == '<p>See <a href="/a">a</a>.</p>\n'
    assert await redirects(database) == {"/a": "/new"}
    assert await differences(database) == []


async def test_a_renamed_slug_is_followed_by_every_link(database: Database, tmp_path: Path) -> None:
    """The file that links is not touched, and its page changes."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "b.md": "See [a](a.md#x).\n"})
    await bring_in(database, folder)
    write(folder, {"a.md": "---\nslug: other\n---\nA\n"})
    await bring_in(database, folder)
    pages = {row["path"]: row for row in await public(database, "page")}
    assert pages["/b"]["body_html"] == '<p>See <a href="/other#x">a</a>.</p>\n'
    assert pages["/b"]["body"] == "See [a](/other#x).\n"
    assert await redirects(database) == {"/a": "/other"}


async def test_a_vanished_file_is_reported_and_goes_only_with_prune(
    database: Database, tmp_path: Path
) -> None:
    """And its author and tag are public no longer; its return brings it back as the same entry."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A"), "b.md": "See [a](a.md).\n"})
    await bring_in(database, folder)
    before = (await public(database, "post"))[0]["id"]
    (folder / "a.md").unlink()
    report = await bring_in(database, folder)
    assert (report.vanished, report.pruned) == (("a.md",), ())
    assert "/posts/a" in await paths(database)
    report = await bring_in(database, folder, prune=True)
    assert (report.vanished, report.pruned) == ((), ("a.md",))
    assert await paths(database) == ["/b"]
    assert await differences(database) == []
    write(folder, {"a.md": POST.format("A")})
    await bring_in(database, folder)
    assert (await public(database, "post"))[0]["id"] == before
    assert await paths(database) == ["/authors/ada", "/b", "/posts/a", "/tags/go"]
    assert await differences(database) == []


async def test_what_only_drafts_refer_to_is_not_public(database: Database, tmp_path: Path) -> None:
    """Author, tag and picture appear with the post, and leave with it; links to it lose their target."""
    draft = POST.format("A").replace("---\nText", "draft: true\n---\n![x](x.png) Text")
    folder = write(tmp_path / "blog", {"a.md": draft, "b.md": "See [a](a.md).\n", "x.png": PIXEL})
    report = await bring_in(database, folder)
    assert (report.drafts, await paths(database)) == (("a.md",), ["/b"])
    assert (await public(database, "page"))[0]["body_html"] == "<p>See <a>a</a>.</p>\n"
    write(folder, {"a.md": draft.replace("draft: true\n", "")})
    await bring_in(database, folder)
    found = await paths(database)
    assert [path.split("/")[1] for path in found] == ["assets", "authors", "b", "posts", "tags"]
    assert 'href="/posts/a"' in (await public(database, "page"))[0]["body_html"]
    write(folder, {"a.md": draft})
    await bring_in(database, folder)
    assert await paths(database) == ["/b"]
    assert (await public(database, "page"))[0]["body_html"] == "<p>See <a>a</a>.</p>\n"
    assert await differences(database) == []


async def test_a_file_that_appears_makes_links_to_it_work(database: Database, tmp_path: Path) -> None:
    """The file that links did not change; neither did the one whose picture did."""
    folder = write(tmp_path / "blog", {"b.md": "See [a](a.md).\n\n![x](x.png)\n"})
    await bring_in(database, folder)
    write(folder, {"a.md": "A\n", "x.png": PIXEL})
    report = await bring_in(database, folder)
    assert (report.created, report.changed) == (("a.md",), ("b.md",))
    html = {row["path"]: row["body_html"] for row in await public(database, "page")}["/b"]
    assert 'href="/a"' in html
    assert 'src="/assets/' in html
    write(folder, {"x.png": PIXEL + b"other"})
    await bring_in(database, folder)
    assert len([path for path in await paths(database) if path.startswith("/assets/")]) == 1
    assert {row["path"]: row["body_html"] for row in await public(database, "page")}["/b"] != html


async def test_settings_that_decide_how_files_are_read_read_them_again(
    database: Database, tmp_path: Path
) -> None:
    """What they do not concern gets no new revision."""
    folder = write(tmp_path / "blog", {"a.md": "A\n", "notes/b.md": "---\nwhen: 2024-01-05\n---\nB\n"})
    await bring_in(database, folder)
    write(
        folder,
        {"masthead.toml": '[import]\nfields = { when = "date" }\n[import.types]\n"notes/**" = "Post"\n'},
    )
    report = await bring_in(database, folder)
    assert (report.changed, report.unchanged) == (("notes/b.md",), ("a.md",))
    assert await paths(database) == ["/a", "/posts/notes/b"]
    assert await redirects(database) == {"/notes/b": "/posts/notes/b"}
    assert await differences(database) == []


async def test_a_dry_run_touches_nothing(database: Database, tmp_path: Path) -> None:
    """It says what would happen."""
    folder = write(tmp_path / "blog", {"a.md": "![x](x.png)\n", "x.png": PIXEL})
    report = await bring_in(database, folder, dry_run=True)
    assert (report.created, report.is_dry_run) == (("a.md",), True)
    assert (await paths(database), await revisions(database)) == ([], 0)
    assert not (tmp_path / "data").exists()
