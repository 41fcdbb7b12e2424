"""What `masthead history` prints: real processes over a real database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.store.content.folders import bring_in, write

from masthead.store import open_database

POST = "---\ntitle: {}\ndate: 2024-01-05\ntags: [{}]\n---\n{}\n"


def history(url: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "history", *arguments],
        env={**os.environ, "DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


async def _imported_twice(url: str, tmp_path: Path) -> str:
    folder = write(tmp_path / "blog", {"a.md": POST.format("Hello world", "old", "The quick fox.\n\nEnd.")})
    async with open_database(url) as database:
        await bring_in(database, folder)
        write(folder, {"a.md": POST.format("Hello again", "new", "The red fox.\n\nEnd.")})
        await bring_in(database, folder)
    return str(folder)


async def test_revisions_and_differences_can_be_read(database_url: str, tmp_path: Path) -> None:
    """A line a revision; words that went and came are marked; references have their titles."""
    folder = await _imported_twice(database_url, tmp_path)

    listed = history(database_url, "/posts/a", folder).stdout.splitlines()
    shown = history(database_url, "/posts/a", folder, "--diff", "1..").stdout

    assert [(line.split()[0], line.split("Masthead  ")[1]) for line in listed] == [
        ("2", "public"),
        ("1", "was public"),
    ]
    assert shown.split("\n", 2)[2] == (
        "\ntitle (changed)\n  line 1:\n    Hello [-world-]{+again+}\n"
        "\ntags (changed)\n  [-old (Tag)-]\n  {+new (Tag)+}\n"
        "\nbody (changed)\n  line 1:\n    The [-quick-]{+red+} fox.\n\n    End.\n"
    )


async def test_json_is_that_of_the_apis(database_url: str, tmp_path: Path) -> None:
    """A page, or a difference."""
    folder = await _imported_twice(database_url, tmp_path)

    page = json.loads(history(database_url, "/posts/a", folder, "--json", "--size", "1").stdout)
    diff = json.loads(history(database_url, "/posts/a", folder, "--json", "--diff", "2").stdout)

    assert ([each["number"] for each in page["revisions"]], page["before"]) == ([2], 2)
    assert (diff["before"]["number"], diff["after"]["number"]) == (1, 2)
    assert [each["path"] for each in diff["changes"]] == ["title", "tags", "body"]


async def test_what_cannot_be_shown_is_2(database_url: str, tmp_path: Path) -> None:
    """With the value at fault and what to do, and nothing on the output."""
    folder = await _imported_twice(database_url, tmp_path)

    for arguments, code in (
        (("nobody", folder), "entry-unknown"),
        (("/posts/a", folder, "--diff", "1...2"), "revisions-unreadable"),
    ):
        result = history(database_url, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"[{code}]" in result.stderr


async def test_prune_keeps_what_the_setting_says(database_url: str, tmp_path: Path) -> None:
    """Whatever it says, nothing of today goes."""
    folder = await _imported_twice(database_url, tmp_path)

    some = history(database_url, "prune", folder, MASTHEAD_KEEP_REVISIONS="1")
    assert (some.returncode, some.stdout) == (0, "0 revisions removed.\n")
