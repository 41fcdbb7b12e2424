"""What `masthead import --format json` prints, and how it ends: real processes over a real database."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.store.content.folders import write

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "import.md"


def run(url: str, folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """The verb, as somebody else's script would call it."""
    data = ("--data", str(folder.parent / "data"))
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "import", str(folder), *data, *options],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_report_has_this_shape(database_url: str, tmp_path: Path) -> None:
    """Every key, for a folder with one of most outcomes; status 1 because of the problem."""
    files = {
        "a.md": "A\n",
        "later.md": "---\ndraft: true\n---\n",
        "bad.md": '---\ndate: "2024-02-30"\n---\n',
        "_x.md": "",
    }
    folder = write(tmp_path / "blog", files)
    result = run(database_url, folder, "--format", "json")
    report = json.loads(result.stdout)
    assert report.pop("seconds") > 0
    assert report == {
        "created": ["a.md", "later.md"],
        "changed": [],
        "unchanged": 0,
        "moved": [],
        "drafts": ["later.md"],
        "vanished": [],
        "pruned": [],
        "skipped": ["_x.md"],
        "problems": [
            {
                "file": "bad.md",
                "line": 2,
                "column": 1,
                "key": "date",
                "code": "date-invalid",
                "message": '"date" does not exist: day is out of range for month.',
                "remedy": "Write it as 2025-03-19 or 2025-03-19T10:00:00Z.",
            }
        ],
        "assets": 0,
        "dryRun": False,
        "refused": False,
    }
    assert (result.returncode, result.stderr) == (1, "")


async def test_status_is_0_when_all_is_well_and_2_for_what_cannot_be_used(
    database_url: str, tmp_path: Path
) -> None:
    """A missing folder and wrong settings are refused before anything is opened."""
    folder = write(tmp_path / "blog", {"a.md": "A\n"})
    assert run(database_url, folder).returncode == 0
    missing = run(database_url, tmp_path / "nowhere")
    assert (missing.returncode, "[folder-missing]" in missing.stderr) == (2, True)
    write(folder, {"masthead.toml": '[site]\ntitel = "x"\n'})
    wrong = run(database_url, folder)
    assert wrong.returncode == 2
    assert (
        f'{folder}/masthead.toml:2:1 site.titel: The setting "site.titel" is not a setting.' in wrong.stderr
    )
    assert 'Did you mean "title"?' in wrong.stderr


async def test_the_lines_for_people_end_with_a_count(database_url: str, tmp_path: Path) -> None:
    """No progress bar where nobody watches."""
    result = run(database_url, write(tmp_path / "blog", {"a.md": "A\n", "bad.md": "---\ntitle: [\n---\n"}))
    *problems, count = result.stdout.splitlines()
    assert [line.partition(": ")[0] for line in problems] == ["bad.md:3:1"]
    assert re.fullmatch(r"1 created, 1 problems\. \d+\.\d\d s", count)


def test_the_reference_shows_the_keys_that_there_are() -> None:
    """The JSON of the page has the keys of the report."""
    from masthead.content import ImportReport

    block = re.search(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert block is not None
    shown: dict[str, Any] = json.loads(block[1])
    assert list(shown) == list(ImportReport().to_json())


def test_the_reference_lists_every_code_of_a_problem() -> None:
    """Codes are found in the source: a new one must be on the page."""
    source = Path(__file__).parents[2] / "src" / "masthead"
    files = [*(source / "content").glob("*.py"), *(source / "media").glob("*.py")]
    files += (source / "markdown").glob("front_*.py")
    code = re.compile(r'"((?:front-matter|alias|date|field|slug|address|asset|reference|type)-[a-z0-9-]+)"')
    found = {each for path in files for each in code.findall(path.read_text("utf-8"))}
    listed = set(re.findall(r"`([a-z0-9-]+)`", PAGE.read_text("utf-8")))
    assert found - listed == set()
