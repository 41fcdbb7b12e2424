"""The reference page of Markdown shows what the renderer makes, to the character."""

import re
from pathlib import Path

import pytest

from masthead.markdown import render

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "markdown.md").read_text("utf-8")
EXAMPLES = re.findall(r"^(```+)markdown\n(.+?)^\1\n\n```html\n(.+?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_has_its_examples() -> None:
    """An example that the pattern misses would not be checked."""
    assert len(EXAMPLES) == PAGE.count("```html") == 6


@pytest.mark.parametrize(("source", "html"), [example[1:] for example in EXAMPLES])
def test_an_example_renders_as_the_page_says(source: str, html: str) -> None:
    """Source above, HTML below."""
    assert render(source).html.strip() == html.strip()
