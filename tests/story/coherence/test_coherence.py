"""No read that began after an acknowledgement gives what was before it, at any process, whatever breaks.

MASTHEAD_TORTURE=1 goes on for minutes. The seed is printed; MASTHEAD_SEED repeats it.
"""

import os
import random
from pathlib import Path

from tests.story.coherence.scene import Kind, Scene

from masthead.store import Database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
SECONDS = float(os.environ.get("MASTHEAD_TORTURE_SECONDS", "300")) if IS_TORTURE else 8.0


async def _play(database: Database, url: str, folder: Path, seconds: float, kind: Kind) -> Scene:
    seed = int(os.environ.get("MASTHEAD_SEED", random.randrange(2**32)))
    scene = Scene(database, url, folder, seed, kind)
    await scene.play(seconds)
    published = sum(map(len, scene.record.acknowledged.values()))
    print(  # noqa: T201 - shown with a failure, to repeat it
        f"MASTHEAD_SEED={seed}: {len(scene.record.reads)} reads, {scene.hits} from memory; "
        f"{published} publications, the longest took {scene.longest:.2f} s; {dict(scene.troubles)}"
    )
    assert scene.hits > 20 * seconds, "something is answered from memory"
    assert published > seconds, "something changes"
    return scene


async def test_nothing_is_read_that_is_older_than_what_was_acknowledged(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """With processes that are stopped, connections that are late, cut, half closed, and silent ones."""
    scene = await _play(database, database_url, tmp_path, SECONDS, "cache")
    assert scene.record.violations() == []


async def test_nor_is_it_from_the_api(database: Database, database_url: str, tmp_path: Path) -> None:
    """The same of API processes, as users start them."""
    scene = await _play(database, database_url, tmp_path, SECONDS, "api")
    assert scene.record.violations() == []


async def test_without_leases_old_answers_are_found(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """The same, where nobody waits: who finds nothing now would never find anything."""
    scene = await _play(database, database_url, tmp_path, 6.0, "cache without lease")
    assert scene.record.violations() != []
