"""How `masthead verify` ends: real processes over a real database."""

import os
import subprocess
import sys
from pathlib import Path

from tests.store.content.folders import bring_in, write

from masthead.store import open_database


def verify(url: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "verify", str(folder)],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_it_is_0_without_and_1_with_differences(database_url: str, tmp_path: Path) -> None:
    """Each difference is a line that names table, entry and column."""
    folder = write(tmp_path / "blog", {"a.md": "# A\n"})
    async with open_database(database_url) as database:
        await bring_in(database, folder)
        sound = verify(database_url, folder)
        assert (sound.returncode, sound.stdout) == (0, "Both projections are what the revisions say.\n")
        async with database.transaction() as transaction:
            await transaction.execute("UPDATE live.page SET title = 'B'")
    harmed = verify(database_url, folder)
    line, count = harmed.stdout.splitlines()
    assert line.startswith("live.page ")
    assert line.endswith(": title is 'B', should be 'A'")
    assert (harmed.returncode, count) == (1, "1 difference.")


async def test_it_is_2_where_nothing_was_imported(empty_database_url: str, tmp_path: Path) -> None:
    """It says what to do."""
    result = verify(empty_database_url, tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "[nothing-imported]" in result.stderr
