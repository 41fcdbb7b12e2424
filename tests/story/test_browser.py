"""A real browser reads examples/journal: the stories of web/tests/story/publication against a real `up`."""

import os
import subprocess
from pathlib import Path

from tests.story.conftest import Up, _environment

from masthead.roles.places import node_binary

ROOT = Path(__file__).parents[2]


def test_a_browser_reads_the_journal(place: Path) -> None:
    """Home, post, tag, feed; light and dark, narrow and wide; axe finds nothing."""
    up = Up(ROOT / "examples" / "journal", "--data", str(place / "data"), log=place / "up.log")
    try:
        up.wait_until_ready()
        node = node_binary()
        npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        finished = subprocess.run(
            [node, npm, "run", "--silent", "story", "--", "--project", "publication"],
            cwd=ROOT / "web",
            env=_environment(
                {"BASE_URL": up.address, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
            ),
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
    finally:
        up.stop()
