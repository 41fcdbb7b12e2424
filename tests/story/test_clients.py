"""Real clients against a running server: audits, Apollo Client, urql and Relay (web/tests/clients)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.story.conftest import Up

from masthead.roles.places import node_binary

CLIENTS = Path(__file__).parents[2] / "web" / "tests" / "clients"


@pytest.mark.parametrize(
    ("suite", "rules"),
    [("audits", 61), ("apollo", 7), ("urql", 4), ("relay", 4)],
    ids=str,
)
def test_a_client_is_served(thirty_posts: Up, tmp_path: Path, suite: str, rules: int) -> None:
    """Every rule of the suite holds, and none was left out."""
    outcomes = outcomes_of(suite, f"{thirty_posts.address}/graphql", _sdl(tmp_path))
    assert {each["rule"]: each["fault"] for each in outcomes if each["fault"] is not None} == {}
    assert len(outcomes) == rules


def test_the_suites_notice_what_is_wrong(thirty_posts: Up, tmp_path: Path) -> None:
    """Against an address that is no GraphQL server, the audits that a server must pass fail."""
    outcomes = outcomes_of("audits", f"{thirty_posts.address}/healthz", _sdl(tmp_path))
    assert len([each for each in outcomes if each["fault"] is not None]) > 30


def outcomes_of(suite: str, url: str, sdl: Path) -> list[dict[str, str | None]]:
    """What a suite says; `sdl` is the file or folder that it reads or writes."""
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
