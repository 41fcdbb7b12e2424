"""What fails within is in the log, though no client is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    """What `broken_doors` logs, but for its requests."""
    command = [sys.executable, "-m", "tests.unit.roles.broken_doors"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [line for line in told if line["event"] != "request"]


def test_a_defect_is_logged_with_where_it_is(lines: list[dict[str, object]]) -> None:
    """By REST, by GraphQL, and by the layer around all."""
    found = [line for line in lines if "a defect within" in str(line.get("exception"))]
    assert [(line["event"], line["level"]) for line in found] == [
        ("rest.crashed", "error"),
        ("graphql.crashed", "error"),
        ("request.failed", "error"),
    ]
    assert all("Traceback" in str(line["exception"]) for line in found)


def test_what_does_not_answer_is_logged_with_why(lines: list[dict[str, object]]) -> None:
    """Such as a database whose certificate is wrong."""
    found = [line for line in lines if "a certificate within" in json.dumps(line)]
    assert [(line["event"], line.get("code")) for line in found[:2]] == [
        ("rest.failed", "database-unavailable"),
        ("graphql.failed", "database-unavailable"),
    ]
