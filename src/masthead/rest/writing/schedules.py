"""Schedules: what is to happen to an entry, or to all of a release, and what has; and taking it back."""

from uuid import UUID

import orjson

from masthead.content.commands import Unschedule
from masthead.query import selection as select
from masthead.rest.paging import SIZE, read_size
from masthead.rest.problem import not_found
from masthead.rest.reply import Reply
from masthead.rest.resource import Resource
from masthead.rest.service import Rest
from masthead.rest.writing.answers import Answers, json_reply
from masthead.rest.writing.call import Call
from masthead.rest.writing.entries import RunsCommands
from masthead.rest.writing.targets import Targets


def registered(*pairs: tuple[str, str]) -> select.Members:
    """Members of a row of the platform's: each with its name there."""
    return tuple(select.Member(key, select.RegisteredValue(name)) for key, name in pairs)


PERSON = registered(("id", "id"), ("name", "name"))
SCHEDULE: select.Members = (
    *registered(
        ("id", "id"),
        ("at", "due"),
        ("localAt", "local_due"),
        ("action", "action"),
        ("revision", "revision_id"),
        ("state", "state"),
        ("createdAt", "created_at"),
    ),
    select.Member("createdBy", select.RegisteredRow("creator", PERSON)),
    *registered(("ranAt", "ran_at"), ("isLate", "is_late"), ("error", "error")),
)
"""A schedule as REST shows it."""


class ScheduleDoor:
    """Shows and cancels the schedules of entries; `drafts` says who sees which entry."""

    def __init__(self, commands: RunsCommands, drafts: Rest, targets: Targets, answers: Answers) -> None:
        self._commands = commands
        self._drafts = drafts
        self._targets = targets
        self._answers = answers

    async def list(self, call: Call, resource: Resource, key: str) -> Reply:
        """Those of an entry, the latest first."""
        call.only(SIZE)
        size = read_size(call.given, self._drafts.limits)
        entry = await self._entry(call, resource, key)
        rows = select.Member("schedules", select.RegisteredRows("schedules", size, members=SCHEDULE))
        members = (select.Member("entry", select.RegisteredRow("entry", (rows,))),)
        name = resource.type.name
        given = select.Given(str(entry))
        found = await self._drafts.fetch(select.Lookup(name, "id", given, members), call.actor.viewer)
        if found != b"null":
            return json_reply({"data": orjson.loads(found)["entry"]["schedules"]})
        is_it = select.Compare("id", "eq", given)
        data = select.Member("data", select.Nodes(members))
        archived = select.Connection(select.Archived(name), 1, where=is_it, members=(data,))
        nodes = orjson.loads(await self._drafts.fetch(archived, call.actor.viewer))["data"]
        if not nodes:
            raise not_found(name, key)
        return json_reply({"data": nodes[0]["entry"]["schedules"]})

    async def cancel(self, call: Call, resource: Resource, key: str, schedule: str) -> Reply:
        """Take back one that has not run."""
        call.only()
        entry = await self._entry(call, resource, key)
        command = Unschedule(await self._targets.schedule(schedule, entry=entry))
        outcome = await self._commands.run(command, call.actor, key=call.key)
        return await self._answers.entry(resource, outcome, call.actor.viewer, 200)

    async def _entry(self, call: Call, resource: Resource, key: str) -> UUID:
        if resource.type.is_singleton:
            return await self._targets.only(resource)
        return await self._targets.named(resource, key, call.actor.viewer)
