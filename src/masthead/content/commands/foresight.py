"""Which lock a command will need, as far as that shows before it is looked at closely.

Who begins shared and finds out that it must be exclusive begins again: that costs as much as the command
itself. A wrong guess costs less: the exclusive lock where the shared one would do, or that beginning again.
"""

from collections.abc import Iterator
from uuid import UUID

from masthead.content.commands.command import (
    Archive,
    Bulk,
    Command,
    Delete,
    Publish,
    PublishRelease,
    Unarchive,
    Unpublish,
    Unschedule,
)

_EXCLUSIVE = (Unpublish, Archive, Unarchive, Delete, Unschedule, PublishRelease)


def needs_exclusive(command: Command) -> bool:
    """Whether it cannot be done in shared mode."""
    if isinstance(command, Bulk):
        return any(isinstance(each, _EXCLUSIVE) for each in command.commands)
    return isinstance(command, _EXCLUSIVE)


def published_by(command: Command) -> list[UUID]:
    """The entries that it publishes: what they are like decides which lock it needs."""
    return [*_published_by(command)]


def _published_by(command: Command) -> Iterator[UUID]:
    for each in command.commands if isinstance(command, Bulk) else [command]:
        if isinstance(each, Publish):
            yield each.entry
            yield from each.along
