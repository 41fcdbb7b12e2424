"""Entries: made, changed, taken away, published, scheduled …"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol
from uuid import UUID

from masthead.content.commands import (
    Actor,
    Archive,
    Command,
    Create,
    Delete,
    Duplicate,
    EntryCommand,
    Outcome,
    Publish,
    Restore,
    Save,
    Schedule,
    Unarchive,
    Unpublish,
)
from masthead.content.spelling import given_fields
from masthead.model import ContentModel
from masthead.rest.reply import Reply
from masthead.rest.resource import Resource
from masthead.rest.writing.answers import Answers
from masthead.rest.writing.arguments import (
    Arguments,
    Based,
    Nothing,
    PublishAt,
    RestoreTo,
    ScheduleAt,
    read_arguments,
)
from masthead.rest.writing.call import Call
from masthead.rest.writing.targets import Targets


class RunsCommands(Protocol):
    """What changes content."""

    async def run(self, command: Command, actor: Actor, *, key: str | None = None) -> Outcome:
        """Do it, or raise one error."""


class EntryDoor:
    """Writes the entries of a publication. `model` is the one that commands run on."""

    def __init__(
        self, commands: RunsCommands, model: ContentModel, targets: Targets, answers: Answers
    ) -> None:
        self._commands = commands
        self._model = model
        self._targets = targets
        self._answers = answers

    async def create(self, call: Call, resource: Resource) -> Reply:
        """A new draft."""
        call.only("note")
        content_type = self._model[resource.type.name]
        fields = given_fields(self._model, content_type, await call.fields())
        command = Create(content_type.name, fields, call.given.get("note"))
        return await self._run(call, resource, command, 201)

    async def change(self, call: Call, resource: Resource, key: str) -> Reply:
        """A new revision. What is not in the body stays; null takes a value away."""
        call.only("note", "base")
        base = call.base()
        content_type = self._model[resource.type.name]
        fields = given_fields(self._model, content_type, await call.fields())
        entry = await self._entry(call, resource, key)
        return await self._run(call, resource, Save(entry, base, fields, call.given.get("note")))

    async def remove(self, call: Call, resource: Resource, key: str) -> Reply:
        """Archive it; with forGood=true remove what is archived."""
        call.only("forGood", "base")
        base, is_for_good = call.base(), call.flag("forGood")
        entry = await self._entry(call, resource, key)
        return await self._run(call, resource, (Delete if is_for_good else Archive)(entry, base))

    async def act(self, call: Call, resource: Resource, key: str, action: str) -> Reply:
        """Any other command on an entry."""
        call.only()
        takes, make = ACTIONS[action]
        arguments = read_arguments(takes, await call.body(may_be_empty=True))
        base = call.base(arguments.base) if isinstance(arguments, Based) else UUID(int=0)
        entry = await self._entry(call, resource, key)
        command = make(entry, base, arguments)
        return await self._run(call, resource, command, 201 if action == "duplicate" else 200)

    async def _entry(self, call: Call, resource: Resource, key: str) -> UUID:
        if resource.type.is_singleton:
            return await self._targets.only(resource)
        return await self._targets.named(resource, key, call.actor.viewer)

    async def _run(self, call: Call, resource: Resource, command: EntryCommand, status: int = 200) -> Reply:
        outcome = await self._commands.run(command, call.actor, key=call.key)
        return await self._answers.entry(resource, outcome, call.actor.viewer, status)


Make = Callable[[UUID, UUID, Arguments], EntryCommand]
Handle = Callable[..., Awaitable[Reply]]


def _publish(entry: UUID, base: UUID, given: Arguments) -> EntryCommand:
    if not isinstance(given, PublishAt):
        raise AssertionError("the table says what it takes")
    return Publish(entry, base, given.revision, tuple(given.along_ids), given.along)


def _schedule(entry: UUID, base: UUID, given: Arguments) -> EntryCommand:
    if not isinstance(given, ScheduleAt):
        raise AssertionError("the table says what it takes")
    return Schedule(entry, base, given.action, given.at, given.revision)


def _restore(entry: UUID, base: UUID, given: Arguments) -> EntryCommand:
    if not isinstance(given, RestoreTo):
        raise AssertionError("the table says what it takes")
    return Restore(entry, base, given.revision, given.note)


ACTIONS: Mapping[str, tuple[type[Arguments], Make]] = {
    "publish": (PublishAt, _publish),
    "unpublish": (Based, lambda entry, base, _: Unpublish(entry, base)),
    "schedule": (ScheduleAt, _schedule),
    "restore": (RestoreTo, _restore),
    "duplicate": (Nothing, lambda entry, *_: Duplicate(entry)),
    "unarchive": (Based, lambda entry, base, _: Unarchive(entry, base)),
}
"""What can be posted to an entry's address: what each takes, and the command that it gives."""
