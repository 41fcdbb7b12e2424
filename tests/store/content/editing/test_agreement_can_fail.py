"""What a process that died half way would leave is found out, were it ever left."""

import pytest
from tests.store.content.editing.desk import PREPARED, Desk
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.stream import check_whole

from masthead.store import apply_model, open_database

HALVES = {
    "no event": ("DELETE FROM masthead.event WHERE type LIKE '%published%'", "every line has its event"),
    "no head": (
        "UPDATE masthead.entry SET head = published WHERE head <> published",
        "the newest revision is the head",
    ),
    "no live row": ("DELETE FROM live.story", "what is live is what was published"),
    "no link": ("DELETE FROM masthead.link", "what is live is what was published"),
    "no route": ("DELETE FROM live._route", "what is live is what was published"),
    "no target": ("UPDATE masthead.entry SET published = NULL WHERE type = $1", "no reference dangles"),
    "no log": (
        "ALTER TABLE masthead.audit DISABLE TRIGGER audit_append_only; DELETE FROM masthead.audit",
        "every revision is in the log",
    ),
}


@pytest.mark.parametrize("half", HALVES)
async def test_half_of_a_command_is_found_out(empty_database_url: str, half: str) -> None:
    """Each table that a command writes, forgotten."""
    statement, law = HALVES[half]
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        desk = Desk(database)
        await desk.commands.run(await PREPARED["save that merges"](desk), desk.editor)
        await check_whole(database)
        async with database.transaction() as transaction:
            values = [MODEL["Author"].identity] if "$1" in statement else []
            await transaction.execute(statement, *values)
        with pytest.raises(AssertionError, match=law):
            await check_whole(database)
