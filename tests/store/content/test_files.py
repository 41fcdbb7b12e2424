"""Which file becomes which entry: shapes of front matter, types, dates, slugs, what is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.store.content.folders import bring_in, differences, paths, public, redirects, write

from masthead.store import Database


async def snapshot(database: Database, path: str) -> dict[str, Any]:
    """The head snapshot of a file's entry."""
    async with database.transaction() as transaction:
        text = await transaction.fetch_value(
            "SELECT r.snapshot FROM masthead.source_file AS s JOIN masthead.entry AS e ON e.id = s.entry_id "
            "JOIN masthead.revision AS r ON r.id = e.head WHERE s.path = $1",
            path,
        )
    return dict(json.loads(text))


async def test_the_front_matter_of_every_kind_is_read(database: Database, tmp_path: Path) -> None:
    """YAML, TOML and JSON; keys by their synonyms; joined names apart; unknown keys kept."""
    folder = write(
        tmp_path / "blog",
        {
            "one.md": "---\ntitle: One\npubDate: 2024/01/05\nauthor: Ada, Bob\nexcerpt: Short.\n"
            "mood: good\n---\n",
            "two.md": '+++\ntitle = "Two"\ndate = 2024-01-06T10:00:00+02:00\n[taxonomies]\ntags = ["x"]\n'
            '[extra]\nteam = "core"\n+++\nText\n',
            "three.md": '{"title": "Three", "published": "2024-01-07", "categories": ["x", "y"]}\nText\n',
        },
    )
    report = await bring_in(database, folder)
    assert report.problems == ()
    posts = {row["title"]: row for row in await public(database, "post")}
    assert {title: str(row["date"]) for title, row in posts.items()} == {
        "One": "2024-01-05 00:00:00+00:00",
        "Two": "2024-01-06 08:00:00+00:00",
        "Three": "2024-01-07 00:00:00+00:00",
    }
    assert posts["One"]["description"] == "Short."
    assert await paths(database) == [
        *("/authors/ada", "/authors/bob", "/posts/one", "/posts/three", "/posts/two", "/tags/x", "/tags/y")
    ]
    assert (await snapshot(database, "one.md"))["extra"] == {"author": "Ada, Bob", "mood": "good"}
    assert (await snapshot(database, "two.md"))["extra"] == {"extra": {"team": "core"}}


async def test_the_exact_bytes_are_kept_with_the_revision(database: Database, tmp_path: Path) -> None:
    """Also a byte order mark, Windows line ends and odd spacing."""
    raw = b"\xef\xbb\xbf---\r\ntitle:   One  \r\n---\r\nText\r\n\r\n\r\n"
    await bring_in(database, write(tmp_path / "blog", {"one.md": raw}))
    async with database.transaction() as transaction:
        kept = await transaction.fetch_value("SELECT content FROM masthead.revision_file")
    assert kept == raw


async def test_the_type_follows_mapping_then_layout_then_folder_then_date(
    database: Database, tmp_path: Path
) -> None:
    """The order of who decides."""
    files = {
        "masthead.toml": '[import.types]\n"mapped/**" = "Page"\n',
        "mapped/a.md": "---\ndate: 2024-01-01\n---\n",
        "named.md": "---\ntype: page\ndate: 2024-01-01\n---\n",
        "laid.md": "---\nlayout: page\ndate: 2024-01-01\n---\n",
        "pages/b.md": "---\ndate: 2024-01-01\n---\n",
        "dated.md": "---\ndate: 2024-01-01\n---\n",
        "undated.md": "# A title\n",
        "_posts/2024-02-03-jekyll.md": "Text\n",
        "2015/09/17/path.md": "Text\n",
    }
    report = await bring_in(database, write(tmp_path / "blog", files))
    assert report.problems == ()
    assert await paths(database) == [
        *("/b", "/laid", "/mapped/a", "/named", "/posts/2015/09/17/path", "/posts/dated", "/posts/jekyll"),
        "/undated",
    ]
    assert await redirects(database) == {"/2024/02/03/jekyll": "/posts/jekyll"}


async def test_addresses_of_the_old_site_lead_to_the_new_ones(database: Database, tmp_path: Path) -> None:
    """Zola's path, permalink, aliases and redirect_from; with and without a slash in front."""
    files = {
        "a.md": '+++\npath = "2015/09/17/Rust-1.3"\naliases = ["2015/09/17/Rust-1.3.html"]\n+++\n',
        "b.md": "---\npermalink: /about-us/\nredirect_from:\n  - /team\n  - https://old.example/we/\n---\n",
    }
    report = await bring_in(database, write(tmp_path / "blog", files))
    assert report.problems == ()
    assert await redirects(database) == {
        "/2015/09/17/Rust-1.3": "/posts/2015/09/17/Rust-1.3",
        "/2015/09/17/Rust-1.3.html": "/posts/2015/09/17/Rust-1.3",
        "/team": "/about-us",
        "/we": "/about-us",
    }
    assert [str(row["date"].date()) for row in await public(database, "post")] == ["2015-09-17"]


async def test_an_old_address_never_covers_an_own_one(database: Database, tmp_path: Path) -> None:
    """An alias that is somebody's address yields, and comes into force when that one leaves."""
    folder = write(tmp_path / "blog", {"a.md": "---\naliases: [/b]\n---\n", "b.md": "B\n"})
    await bring_in(database, folder)
    assert (await paths(database), await redirects(database)) == (["/a", "/b"], {})
    (folder / "b.md").unlink()
    await bring_in(database, folder, prune=True)
    assert (await paths(database), await redirects(database)) == (["/a"], {"/b": "/a"})
    assert await differences(database) == []


async def test_the_titles_heading_is_not_repeated(database: Database, tmp_path: Path) -> None:
    """A first heading that says the title is the title; another one stays."""
    files = {"a.md": "# Hello *you*\n\nText\n", "b.md": "---\ntitle: Other\n---\n# Hello\n\nText\n"}
    await bring_in(database, write(tmp_path / "blog", files))
    assert [(row["title"], row["body"]) for row in await public(database, "page")] == [
        ("Hello you", "Text\n"),
        ("Other", "# Hello\n\nText\n"),
    ]


async def test_a_file_of_an_author_enriches_those_whom_posts_name(database: Database, tmp_path: Path) -> None:
    """By slug or by name; the entry that the name made becomes the file's."""
    folder = write(tmp_path / "blog", {"p.md": "---\ndate: 2024-01-01\nauthor: Ada Lovelace\n---\n"})
    await bring_in(database, folder)
    before = await public(database, "author")
    write(folder, {"authors/ada-lovelace.md": "---\nname: Ada Lovelace\n---\nShe was first.\n"})
    report = await bring_in(database, folder)
    after = await public(database, "author")
    assert report.created == ("authors/ada-lovelace.md",)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert [row["bio"] for row in after] == ["She was first.\n"]


async def test_the_site_is_what_the_settings_say(database: Database, tmp_path: Path) -> None:
    """Made at the first import, changed when masthead.toml is."""
    folder = write(tmp_path / "blog", {"masthead.toml": '[site]\ntitle = "One"\n', "a.md": "A\n"})
    await bring_in(database, folder)
    write(folder, {"masthead.toml": '[site]\ntitle = "Two"\nnavigation = [{label = "A", path = "/a"}]\n'})
    report = await bring_in(database, folder)
    assert report.has_changed_live
    rows = await public(database, "site")
    assert [(row["title"], json.loads(row["navigation"])) for row in rows] == [
        ("Two", [{"label": "A", "path": "/a"}])
    ]


@pytest.mark.parametrize("name", ["node_modules/x.md", ".hidden/x.md", "_draft.md", "_includes/x.md"])
async def test_what_is_no_content_is_not_imported(database: Database, tmp_path: Path, name: str) -> None:
    """Hidden, other generators' and node_modules; the folder's own file is."""
    report = await bring_in(database, write(tmp_path / "blog", {name: "X\n", "a.md": "A\n"}))
    assert report.created == ("a.md",)
    assert report.skipped == (("_draft.md",) if name == "_draft.md" else ())


async def test_values_that_json_cannot_hold_are_kept_as_text(database: Database, tmp_path: Path) -> None:
    """Numbers beyond 64 bits, infinities, sets, moments, binary."""
    front = "big: 123456789012345678901234567890\ninf: .inf\nset: !!set {b, a}\nat: 2024-01-05\n"
    front += "bin: !!binary aGk=\n"
    report = await bring_in(database, write(tmp_path / "blog", {"a.md": f"---\n{front}---\n"}))
    assert report.problems == ()
    assert (await snapshot(database, "a.md"))["extra"] == {
        "big": "123456789012345678901234567890",
        "inf": "inf",
        "set": ["a", "b"],
        "at": "2024-01-05",
        "bin": "aGk=",
    }
