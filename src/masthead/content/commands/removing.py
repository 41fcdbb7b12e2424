"""Commands that take an entry away and bring it back: archive, unarchive, delete."""

from dataclasses import replace

from masthead.content.commands.bases import (
    require_archived,
    require_base,
    require_dispensable,
    require_there,
)
from masthead.content.commands.command import Archive, Delete, Unarchive
from masthead.content.commands.turn import Turn


async def archive(turn: Turn, command: Archive) -> None:
    """Take an entry out of both stages; its revisions stay."""
    state = await turn.entry(command.entry, "delete")
    require_there(state)
    require_base(state, command.base)
    require_dispensable(state)
    turn.need_exclusive()
    turn.put(replace(state, published=None, archived_at=turn.now))
    turn.did(state.id, "entry.archive", "archived")


async def unarchive(turn: Turn, command: Unarchive) -> None:
    """Bring an archived entry back as a draft."""
    state = await turn.entry(command.entry, "delete")
    require_archived(state)
    require_base(state, command.base)
    turn.need_exclusive()
    turn.put(replace(state, archived_at=None))
    turn.did(state.id, "entry.unarchive", "unarchived")


async def delete(turn: Turn, command: Delete) -> None:
    """Remove an archived entry and its revisions for good."""
    state = await turn.entry(command.entry, "delete")
    require_archived(state)
    require_base(state, command.base)
    turn.need_exclusive()
    turn.put(replace(state, is_deleted=True))
    turn.did(state.id, "entry.delete", "deleted")
