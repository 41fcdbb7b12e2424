"""No read that began after an acknowledgement gives what was before it, at any process, whatever breaks.

Entries are published, published again, taken away and deleted; they are read over REST by their id, over
GraphQL in a list that is filtered and ordered by what changes, and as pages. MASTHEAD_TORTURE=1 goes on for
minutes, and does the same with the shipped site. The seed is printed; MASTHEAD_SEED repeats it.
"""

import os
import random
from pathlib import Path

import pytest
from tests.story.coherence.scene import Kind, Scene

from masthead.store import Database

pytestmark = pytest.mark.no_cover  # processes that are measured are slower, and these are killed in the end

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
SHOWN = {"page", "shown list"}
SECONDS = float(os.environ.get("MASTHEAD_TORTURE_SECONDS", "300")) if IS_TORTURE else 8.0


async def _play(
    database: Database, url: str, folder: Path, kind: Kind, readers: set[str], *, is_sound: bool = True
) -> Scene:
    """Until each kind of reader was often answered from memory, and something was published; where
    something is wrong, until that shows to each kind."""
    seed = int(os.environ.get("MASTHEAD_SEED", random.randrange(2**32)))
    scene = Scene(database, url, folder, seed, kind)
    record = scene.record

    def is_enough() -> bool:
        if not is_sound:
            return all(record.violations(each) for each in readers) and bool(record.ghosts())
        is_read = all(record.hits[each] >= 20 for each in readers)
        return is_read and record.publications >= 20 and len(record.deleted) >= 2

    await scene.play(SECONDS if is_sound else 1.0, is_enough)
    print(  # noqa: T201 - shown with a failure, to repeat it
        f"MASTHEAD_SEED={seed}: {len(record.reads)} reads, from memory {dict(record.hits)}; "
        f"{record.publications} acknowledgements, {len(record.deleted)} of them of deletions, "
        f"the longest took {scene.longest:.2f} s; {dict(scene.troubles)}"
    )
    assert is_enough()
    return scene


async def test_nothing_is_read_that_is_older_than_what_was_acknowledged(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """With processes that are stopped, connections that are late, cut, half closed, and silent ones."""
    scene = await _play(database, database_url, tmp_path, "cache", {"line"})
    assert scene.record.violations() == []


async def test_nor_is_it_from_the_api(database: Database, database_url: str, tmp_path: Path) -> None:
    """The same of API processes, as users start them."""
    scene = await _play(database, database_url, tmp_path, "api", {"rest", "list", "page"})
    assert scene.record.violations() == []


@pytest.mark.skipif(
    not IS_TORTURE, reason="Node renders too slowly beside everything else: MASTHEAD_TORTURE=1"
)
async def test_nor_is_it_from_the_shipped_site(database: Database, database_url: str, tmp_path: Path) -> None:
    """Posts, and all that lists them: front page, archive, tag, feeds, llms.txt. Each API process has a Node
    that asks another one of them."""
    scene = await _play(database, database_url, tmp_path, "site", SHOWN)
    assert scene.record.violations() == []


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        ("cache without lease", {"line"}),
        ("api without lease", {"rest", "list", "page"}),
        pytest.param(
            "site without lease",
            SHOWN,
            marks=pytest.mark.skipif(not IS_TORTURE, reason="as above: MASTHEAD_TORTURE=1"),
        ),
    ],
)
async def test_without_leases_old_answers_are_found(
    database: Database, database_url: str, tmp_path: Path, kind: Kind, readers: set[str]
) -> None:
    """The same, where nobody waits, also of what was deleted: who finds nothing now would never find
    anything."""
    await _play(database, database_url, tmp_path, kind, readers, is_sound=False)
