"""A real browser reads examples/journal: the stories of web/tests/story/publication against a real `up`.

And explores the APIs on the pages that the API process serves, and the site's own stories, against a
double of the API.
"""

import os
import subprocess
from pathlib import Path

from tests.story.conftest import StartUp, Up, _environment

from masthead.roles.places import node_binary

ROOT = Path(__file__).parents[2]


def test_a_browser_reads_the_journal(place: Path) -> None:
    """Home, post, tag, feed; light and dark, narrow and wide; axe finds nothing."""
    up = Up(ROOT / "examples" / "journal", "--data", str(place / "data"), log=place / "up.log")
    try:
        _tell_stories("publication", BASE_URL=up.wait_until_ready().address)
    finally:
        up.stop()


def test_a_browser_explores_the_apis(start_up: StartUp, publication: Path) -> None:
    """GraphiQL runs a query and shows the schema; a REST operation is tried; nothing is fetched elsewhere."""
    _tell_stories("explorer", BASE_URL=start_up(publication).wait_until_ready().address)


def test_a_browser_reads_what_is_hard_to_set() -> None:
    """Long German titles, right-to-left text, an empty publication, an API that is down: the site alone."""
    _tell_stories("fixture")


def _tell_stories(project: str, **environment: str) -> None:
    node = node_binary()
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    finished = subprocess.run(
        [node, npm, "run", "--silent", "story", "--", "--project", project],
        cwd=ROOT / "web",
        env=_environment({"PATH": path, **environment}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
