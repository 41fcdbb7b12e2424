"""Makes posts.json of posts/*.md with the server's own renderer: the fixture shows the product's HTML.

Run from the repository's root: `.venv/bin/python web/tests/fixture-api/render.py`.
"""

import json
from pathlib import Path
from typing import Any

from masthead.markdown import parse_document, render

HERE = Path(__file__).parent


def markdown(source: str) -> dict[str, Any]:
    """A Markdown value as the API gives it."""
    made = render(source)
    toc = [{"level": item.level, "id": item.id, "text": item.text} for item in made.toc]
    return {
        "source": source,
        "html": made.html,
        "text": made.text,
        "excerpt": made.excerpt,
        "toc": toc,
        "readingTime": made.minutes,
    }


def post(file: Path) -> dict[str, Any]:
    """A post: its front matter, and its body rendered."""
    document = parse_document(file.read_bytes(), file.name)
    moments = {"date", "updated"}
    front = {key: moment(value) if key in moments else value for key, value in document.front.items()}
    return {**front, "body": markdown(document.body)}


def moment(value: Any) -> str:
    """A moment as the API writes it."""
    return str(value).replace(" ", "T").replace("+00:00", "Z")


if __name__ == "__main__":
    content = {
        "posts": [post(file) for file in sorted((HERE / "posts").glob("*.md"))],
        "about": markdown((HERE / "page-about.md").read_text("utf-8")),
        "bio": markdown("Writes about *storage* and keeps the [archive](/archive) in order."),
    }
    (HERE / "content.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
