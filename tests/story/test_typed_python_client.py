"""docs/how-to/typed-python-client.md does what it says: a client is generated, typed, and runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.story.conftest import Up

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "typed-python-client.md"
GENERATOR = ROOT / ".venv" / "typed-client"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the page has its reader write, and what the generator makes of it."""
    if not GENERATOR.is_dir():
        pytest.fail("The generator is not there: `make test` installs it.")
    made = tmp_path_factory.mktemp("typed-client")
    blocks = re.findall(r"^```\w+:(\S+)\n(.+?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert [name for name, _ in blocks] == ["posts.graphql", "pyproject.toml", "newest.py"]
    for name, text in blocks:
        (made / name).write_text(text, "utf-8")
    (made / "schema.graphql").write_text(_run(made, "masthead.cli", "schema"))
    _run(made, "ariadne_codegen", PYTHONPATH=str(GENERATOR))
    return made


def test_what_is_generated_is_typed(folder: Path) -> None:
    """mypy --strict takes the package and what uses it, and finds a field that is not there."""
    mypy = ("mypy", "--strict", "--config-file=", "--cache-dir", str(folder / "cache"))
    assert "no issues" in _run(folder, *mypy, "publication", "newest.py")
    wrong = (folder / "newest.py").read_text("utf-8").replace("post.title", "post.titel")
    (folder / "wrong.py").write_text(wrong, "utf-8")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        _run(folder, *mypy, "wrong.py")
    assert '"NewestPostsPostsNodes" has no attribute "titel"' in caught.value.stdout


def test_the_example_runs(folder: Path, thirty_posts: Up) -> None:
    """Eleven posts in three pages, in order."""
    printed = subprocess.run(
        [sys.executable, "newest.py"], cwd=folder, check=True, capture_output=True, text=True,
        env={**os.environ, "PUBLICATION_URL": thirty_posts.address},
    ).stdout  # fmt: skip
    expected = [f"2026-01-{day} Post {day} by Ada Lovelace" for day in range(20, 31)]
    assert printed.splitlines() == expected


def _run(folder: Path, *command: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, check=True, capture_output=True, text=True,
        env={**os.environ, **environment},
    ).stdout  # fmt: skip
