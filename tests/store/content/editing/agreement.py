"""History, outbox and audit log are written in one transaction: each says what the others say."""

from collections import Counter

from tests.store.content.editing.scene import Scene
from tests.store.content.editing.step import require

from masthead.store import Database


async def check_agreement(database: Database, scene: Scene) -> None:
    """Each revision that a command made is in the log, and each line of what was done has its event."""
    logged = {
        str(each.detail.get(name))
        for each in scene.audit.values()
        for name in ("revision", "published")
        if each.outcome == "done"
    }
    for revision in scene.revisions.values():
        if revision.source != "import":
            require(str(revision.id) in logged, "every revision is in the log", revision)
    rows = await database.drafts.fetch("SELECT entry_id, data->>'release' AS release FROM masthead.event")
    told = Counter(str(row["entry_id"] or row["release"]) for row in rows)
    done = Counter(
        each.subject
        for each in scene.audit.values()
        if each.outcome == "done" and not each.detail.get("unchanged")
    )
    require(told == done, "every line has its event", told - done, done - told)
