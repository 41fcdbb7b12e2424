"""`masthead explain`: a real process over a real database."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.store.content.folders import bring_in, write

from masthead.store import open_database

DOCUMENT = "query Latest($n: Int!) {\n  posts(first: $n) { nodes { title tags { name } } }\n}\n"


def explain(url: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The verb, in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "explain", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_it_shows_statement_and_parts(database_url: str, tmp_path: Path) -> None:
    """The statement in lines, then each part of the answer with rows, times and what it reads."""
    post = "---\ntitle: A\ndate: 2025-01-01\ntags: [x, y]\n---\nText\n"
    folder = write(tmp_path / "blog", {"posts/a.md": post, "latest.graphql": DOCUMENT})
    async with open_database(database_url) as database:
        await bring_in(database, folder)
    shown = explain(database_url, folder, "latest.graphql", "--variables", '{"n": 3}', "--analyze")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "\n    LIMIT 3\n" in shown.stdout
    assert re.search(r"^posts +1 +\d+\.\d{3}  live\.post ", shown.stdout, re.MULTILINE)
    assert re.search(r"^posts\.nodes\.tags +\d+ +\d+\.\d{3}  live\.post__tags", shown.stdout, re.MULTILINE)
    assert re.search(r"^Planned in \S+ ms, executed in \S+ ms\.$", shown.stdout, re.MULTILINE)


async def test_without_a_database_it_shows_the_statement(empty_database_url: str, tmp_path: Path) -> None:
    """And says how PostgreSQL would come to have a plan."""
    folder = write(tmp_path / "blog", {"q.graphql": "query ($s: String!) { tag(slug: $s) { name } }"})
    shown = explain(empty_database_url, folder, "q.graphql", "--variables", '{"s": "a"}')
    assert shown.returncode == 0
    assert "$1 = 'a'\n\nNothing was imported yet" in shown.stdout


async def test_what_is_wrong_is_one_error(empty_database_url: str, tmp_path: Path) -> None:
    """A wrong document names line and column; a wrong file or wrong variables end with 2."""
    folder = write(tmp_path / "blog", {"q.graphql": "{\n  nope\n}", "r.graphql": "{ site { id } }"})
    wrong = explain(empty_database_url, folder, "q.graphql")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "Line 2, column 3: Cannot query field 'nope'" in wrong.stderr
    for arguments in (
        ["none.graphql"],
        ["r.graphql", "--variables", "[1]"],
        ["r.graphql", "--variables", "{"],
    ):
        refused = explain(empty_database_url, folder, *arguments)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
