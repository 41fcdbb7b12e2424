"""Real clients against a running server: audits, Apollo Client, urql and Relay (web/tests/clients)."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.story.conftest import SMALL_SITE, Up

from masthead.roles.places import node_binary

CLIENTS = Path(__file__).parents[2] / "web" / "tests" / "clients"


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """A publication of thirty posts by one author; these stories only read."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as folder:
        running = Up(_thirty_posts(Path(folder) / "publication"), MASTHEAD_SITE_DIR=str(SMALL_SITE))
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


@pytest.mark.parametrize(
    ("suite", "rules"),
    [("audits", 61), ("apollo", 4), ("urql", 3), ("relay", 3)],
    ids=str,
)
def test_a_client_is_served(up: Up, tmp_path: Path, suite: str, rules: int) -> None:
    """Every rule of the suite holds, and none was left out."""
    outcomes = _outcomes(suite, f"{up.address}/graphql", _sdl(tmp_path))
    assert {each["rule"]: each["fault"] for each in outcomes if each["fault"] is not None} == {}
    assert len(outcomes) == rules


def test_the_suites_notice_what_is_wrong(up: Up, tmp_path: Path) -> None:
    """Against an address that is no GraphQL server, the audits that a server must pass fail."""
    outcomes = _outcomes("audits", f"{up.address}/healthz", _sdl(tmp_path))
    assert len([each for each in outcomes if each["fault"] is not None]) > 30


def _outcomes(suite: str, url: str, sdl: Path) -> list[dict[str, str | None]]:
    finished = subprocess.run(
        [node_binary(), "run.ts", suite, url, sdl], cwd=CLIENTS, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    outcomes: list[dict[str, str | None]] = json.loads(finished.stdout)
    return outcomes


def _sdl(folder: Path) -> Path:
    printed = subprocess.run(
        [sys.executable, "-m", "masthead.cli", "schema"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    file = folder / "schema.graphql"
    file.write_text(printed.stdout)
    return file


def _thirty_posts(folder: Path) -> Path:
    (folder / "posts").mkdir(parents=True)
    (folder / "masthead.toml").write_text('[site]\ntitle = "Thirty"\nbase_url = "https://thirty.example"\n')
    for number in range(1, 31):
        (folder / "posts" / f"post-{number:02}.md").write_text(
            f"---\ntitle: Post {number:02}\ndate: 2026-01-{number:02}\nauthors: [Ada Lovelace]\n---\n\n"
            f"Hello from post {number}.\n"
        )
    return folder
