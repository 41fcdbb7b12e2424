"""Which function does which command; and several commands in one turn."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from masthead.content.commands import command as commands
from masthead.content.commands.drafting import create, duplicate, restore, save
from masthead.content.commands.faults import faults_of
from masthead.content.commands.publishing import publish, unpublish
from masthead.content.commands.refusal import SaveConflictError, StaleBaseError
from masthead.content.commands.release_publishing import publish_release
from masthead.content.commands.releasing import (
    change_release,
    create_release,
    drop_release,
    schedule_release,
)
from masthead.content.commands.removing import archive, delete, unarchive
from masthead.content.commands.scheduling import schedule, unschedule
from masthead.content.commands.turn import Turn
from masthead.kernel import InputError

Handler = Callable[[Turn, Any], Awaitable[None]]

HANDLERS: Mapping[type[Any], Handler] = {
    commands.Create: create,
    commands.Save: save,
    commands.Restore: restore,
    commands.Duplicate: duplicate,
    commands.Publish: publish,
    commands.Unpublish: unpublish,
    commands.Archive: archive,
    commands.Unarchive: unarchive,
    commands.Delete: delete,
    commands.Schedule: schedule,
    commands.Unschedule: unschedule,
    commands.CreateRelease: create_release,
    commands.ChangeRelease: change_release,
    commands.PublishRelease: publish_release,
    commands.ScheduleRelease: schedule_release,
    commands.DropRelease: drop_release,
}
"""One function a command. It reads what the command names, decides, and tells the turn; it writes nothing
of an entry itself, so that several commands are checked together."""


async def perform(turn: Turn, command: commands.Command) -> None:
    """Decide what a command, or every command of a bulk, does."""
    if not isinstance(command, commands.Bulk):
        await HANDLERS[type(command)](turn, command)
        return
    # In the order of their ids, so that two bulks never wait for each other.
    await turn.load(each.entry for each in command.commands if hasattr(each, "entry"))
    for turn.command, each in enumerate(command.commands):
        try:
            await HANDLERS[type(each)](turn, each)
        except (InputError, SaveConflictError, StaleBaseError) as error:
            turn.faults += faults_of(error, getattr(each, "entry", None), turn.command)
