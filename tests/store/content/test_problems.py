"""What cannot be imported is reported with its place, a reason and a remedy; the rest is imported."""

from pathlib import Path

import pytest
from tests.store.content.folders import PIXEL, bring_in, differences, paths, public, write

from masthead.content import import_folder
from masthead.model import default_model
from masthead.store import Database

GOOD = "---\ntitle: Good\ndate: 2024-01-05\n---\nText\n"

TYPE = "front-matter-type"

BAD = {
    "broken YAML": ("---\ntitle: [x\n---\n", "front-matter-syntax", 3),
    "front matter that never ends": ("---\ntitle: x\n", "front-matter-unclosed", 1),
    "bytes that are not UTF-8": (b"---\ntitle: a\n---\n\xff\n", "invalid-utf8", 4),
    "a date that does not exist": ('---\ntitle: a\ndate: "2024-02-30"\n---\n', "date-invalid", 3),
    "a date of no known order": ("---\ndate: 05/01/2024\n---\n", "date-invalid", 2),
    "a title that is a list": ("---\ntitle: [a]\n---\n", TYPE, 2),
    "a draft that is neither true nor false": ("---\ndraft: perhaps\n---\n", TYPE, 2),
    "a post without a date": ("---\ntype: post\n---\n", "field-missing", 1),
    "a title that is too long": (f"---\ntitle: {'x' * 301}\n---\n", "field-invalid", 2),
    "an address of the platform's": ("---\nslug: archive\n---\n", "address-reserved", 2),
    "an address among another type's": ("---\nslug: posts/x\n---\n", "address-reserved", 2),
    "an alias that is none": ("---\naliases: [3]\n---\n", "alias-invalid", 2),
    "an alias beyond all bounds": (f"---\naliases: [/{'x' * 3000}]\n---\n", "alias-invalid", 2),
    "an author beyond all bounds": (
        f"---\ndate: 2024-01-05\nauthor: {'x' * 3000}\n---\n",
        "front-matter-type",
        3,
    ),
    "a slug beyond all bounds": (f"---\nslug: {'x' * 501}\n---\n", "slug-too-long", 2),
}


@pytest.mark.parametrize("fault", BAD)
async def test_a_bad_file_is_reported_and_the_others_are_imported(
    database: Database, tmp_path: Path, fault: str
) -> None:
    """One problem, at its line, with a remedy."""
    content, code, line = BAD[fault]
    report = await bring_in(database, write(tmp_path / "blog", {"bad.md": content, "good.md": GOOD}))
    assert [(each.code, each.file, each.place.line) for each in report.problems] == [(code, "bad.md", line)]
    assert all(each.message and each.remedy for each in report.problems)
    assert (report.created, await paths(database)) == (("good.md",), ["/posts/good"])


async def test_a_bad_file_keeps_its_last_good_version(database: Database, tmp_path: Path) -> None:
    """What was published stays, and the problem is reported again each time until it is mended."""
    folder = write(tmp_path / "blog", {"a.md": GOOD})
    await bring_in(database, folder)
    write(folder, {"a.md": "---\ntitle: [x\n---\n"})
    for _ in range(2):
        report = await bring_in(database, folder)
        assert [each.code for each in report.problems] == ["front-matter-syntax"]
        assert (report.vanished, await paths(database)) == ((), ["/posts/a"])
    write(folder, {"a.md": GOOD})
    report = await bring_in(database, folder)
    assert (report.problems, report.unchanged) == ((), ("a.md",))


async def test_the_second_file_with_a_slug_is_the_problem(database: Database, tmp_path: Path) -> None:
    """By path order; it is told who has it. An entry that had the slug before keeps it."""
    folder = write(tmp_path / "blog", {"b.md": "---\nslug: x\n---\n", "c.md": "---\nslug: x\n---\n"})
    report = await bring_in(database, folder)
    assert [(each.code, each.file, each.place.line) for each in report.problems] == [
        ("slug-duplicate", "c.md", 2)
    ]
    assert report.problems[0].message == 'The slug "x" is that of b.md already.'
    write(folder, {"a.md": "---\nslug: x\n---\n"})
    report = await bring_in(database, folder)
    assert [each.file for each in report.problems] == ["a.md", "c.md"]


async def test_two_files_may_exchange_their_slugs(database: Database, tmp_path: Path) -> None:
    """What counts is the state that is reached."""
    folder = write(tmp_path / "blog", {"a.md": "---\nslug: x\n---\nA\n", "b.md": "---\nslug: y\n---\nB\n"})
    await bring_in(database, folder)
    write(folder, {"a.md": "---\nslug: y\n---\nA\n", "b.md": "---\nslug: x\n---\nB\n"})
    report = await bring_in(database, folder)
    assert (report.problems, report.changed) == ((), ("a.md", "b.md"))
    assert await differences(database) == []


async def test_an_image_that_is_none_is_reported(database: Database, tmp_path: Path) -> None:
    """At the image; the file that shows it is imported."""
    files = {"a.md": "![x](x.png) ![y](y.svg) ![z](z.png)\n", "x.png": b"no", "y.svg": b"<p>", "z.png": PIXEL}
    report = await bring_in(database, write(tmp_path / "blog", files))
    assert [(each.code, each.file) for each in report.problems] == [
        ("asset-not-an-image", "x.png"),
        ("asset-not-an-image", "y.svg"),
    ]
    assert report.created == ("a.md",)
    assert len([path for path in await paths(database) if path.startswith("/assets/")]) == 1


async def test_strict_imports_nothing_if_there_is_a_problem(database: Database, tmp_path: Path) -> None:
    """Not even the good files."""
    folder = write(tmp_path / "blog", {"bad.md": "---\ntitle: [x\n---\n", "good.md": GOOD})
    report = await bring_in(database, folder, strict=True)
    assert (report.is_refused, await paths(database)) == (True, [])


async def test_a_link_cannot_take_a_file_from_outside(database: Database, tmp_path: Path) -> None:
    """Neither by dots nor through a symbolic link."""
    write(tmp_path, {"secret.txt": "s"})
    folder = write(tmp_path / "blog", {"a.md": "[x](../secret.txt) [y](inside.txt) [z](/../secret.txt)\n"})
    (folder / "inside.txt").symlink_to(tmp_path / "secret.txt")
    report = await bring_in(database, folder)
    assert (report.assets, report.skipped) == (0, ("inside.txt",))


async def test_two_origins_share_a_database(database: Database, tmp_path: Path) -> None:
    """Authors are the same ones; an address that the other has is a problem."""
    files = {"a.md": "A\n", "p.md": "---\ndate: 2024-01-01\nauthor: Ada\n---\n"}
    first = write(tmp_path / "one", {**files, "authors/ada.md": "---\nname: Ada\n---\n"})
    second = write(tmp_path / "two", {**files, "masthead.toml": '[import]\norigin = "second"\n'})
    write(second, {"q.md": "---\ndate: 2024-01-01\nauthor: Ada\n---\n"})
    await bring_in(database, first)
    report = await bring_in(database, second)
    assert [(each.code, each.file) for each in report.problems] == [
        ("slug-duplicate", "a.md"),
        ("slug-duplicate", "p.md"),
    ]
    assert report.created == ("q.md",)
    assert await paths(database) == ["/a", "/authors/ada", "/posts/p", "/posts/q"]
    assert await differences(database) == []


async def test_every_markdown_file_is_an_entry_or_a_problem(
    database: Database, shared: Path, tmp_path: Path
) -> None:
    """Over a real blog of 754 files, beside the checkout; and what is there verifies."""
    folder = shared / "corpora" / "rust-blog" / "content"
    report = await import_folder(database, default_model(), folder, data=tmp_path)
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert ({*report.created}, report.problems) == (on_disk, ())
    assert all(row["date"] for row in await public(database, "post"))
    assert await differences(database) == []
