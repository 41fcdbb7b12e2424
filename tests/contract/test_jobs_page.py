"""The page of jobs names what runs at intervals, and how often."""

import re
from pathlib import Path

from masthead.kernel.settings import read_settings
from masthead.roles.worker.handlers import all_handlers
from masthead.store import Database

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "jobs.md"
WORDS = {60: "minute", 300: "five minutes", 3600: "hour"}


async def test_the_page_shows_everything_that_runs_at_intervals(database: Database) -> None:
    """Each kind with its interval, and nothing that is not."""
    shown = set(re.findall(r"^\| `([\w.]+)` \| ([\w ]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    shown = {(kind, every) for kind, every in shown if "." in kind}
    handlers = all_handlers(database, read_settings())
    assert shown == {
        (kind, WORDS[int(each.every.total_seconds())])
        for kind, each in handlers.items()
        if each.every is not None
    }
