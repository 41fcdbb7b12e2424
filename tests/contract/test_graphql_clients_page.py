"""What the page about Apollo Client, urql and Relay shows is what web/tests/clients runs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "graphql-clients.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+):(\S+)\n(.+?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("language", "name", "code"), BLOCKS, ids=[name for _, name, _ in BLOCKS])
def test_a_snippet_is_part_of_a_tested_program(language: str, name: str, code: str) -> None:
    """Line for line, in the file that it names."""
    assert language == "ts"
    assert code in (ROOT / "web" / "tests" / "clients" / name).read_text("utf-8")


def test_the_page_has_snippets() -> None:
    """Every block of code names its file."""
    assert len(BLOCKS) == len(re.findall(r"^```\w", PAGE, re.MULTILINE)) >= 5
