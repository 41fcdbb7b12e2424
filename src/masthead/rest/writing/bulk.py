"""Several commands in one transaction, all or none: a JSON array, in its order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from masthead.content.commands import (
    Archive,
    Bulk,
    Create,
    Delete,
    Duplicate,
    EntryCommand,
    Publish,
    Restore,
    Save,
    Schedule,
    Unarchive,
    Unpublish,
    Unschedule,
)
from masthead.content.spelling import given_fields
from masthead.model import ContentModel
from masthead.rest.problem import refuse
from masthead.rest.reply import Reply
from masthead.rest.writing import arguments as given
from masthead.rest.writing.answers import Answers
from masthead.rest.writing.call import Call
from masthead.rest.writing.entries import RunsCommands
from masthead.rest.writing.targets import Targets

_PLAIN: Mapping[str, type[Unpublish | Archive | Unarchive | Delete]] = {
    "unpublish": Unpublish,
    "archive": Archive,
    "unarchive": Unarchive,
    "delete": Delete,
}


class BulkDoor:
    """Takes what the doors of single entries take, in one request."""

    def __init__(
        self, commands: RunsCommands, model: ContentModel, targets: Targets, answers: Answers
    ) -> None:
        self._commands = commands
        self._model = model
        self._targets = targets
        self._answers = answers

    async def run(self, call: Call) -> Reply:
        """Do them."""
        call.only()
        wanted = given.read_bulk(await call.body())
        saved = [each.entry for each in wanted if isinstance(each, given.SaveOne)]
        types = dict(zip(saved, await self._targets.types(saved), strict=True)) if saved else {}
        commands = [self._command(number, each, types) for number, each in enumerate(wanted)]
        outcome = await self._commands.run(Bulk(commands), call.actor, key=call.key)
        return await self._answers.entries(outcome)

    def _command(self, number: int, one: Any, types: Mapping[UUID, str | None]) -> EntryCommand:
        match one:
            case given.CreateOne():
                fields = self._fields(one.type, one.fields, f"{number}.type")
                return Create(one.type, fields, one.note)
            case given.SaveOne():
                # What is no entry is told by the command, with all others that are at fault.
                name = types[one.entry]
                fields = one.fields if name is None else self._fields(name, one.fields, "")
                return Save(one.entry, one.base, fields, one.note)
            case given.PublishOne():
                return Publish(one.entry, one.base, one.revision, tuple(one.along_ids), one.along)
            case given.ScheduleOne():
                return Schedule(one.entry, one.base, one.action, one.at, one.revision)
            case given.RestoreOne():
                return Restore(one.entry, one.base, one.revision, one.note)
            case given.ChangeOne():
                return _PLAIN[one.command](one.entry, one.base)
            case given.DuplicateOne():
                return Duplicate(one.entry)
            case given.UnscheduleOne():
                return Unschedule(one.schedule)
            case _:
                raise AssertionError(f"{one} is no command")

    def _fields(self, type_name: str, fields: Mapping[str, Any], place: str) -> dict[str, Any]:
        if type_name not in self._model:
            known = ", ".join(each.name for each in self._model)
            raise refuse(
                "type-unknown", f"There is no content type {type_name[:80]!r}.", f"There are: {known}.", place
            )
        return given_fields(self._model, self._model[type_name], fields)
