"""Which door a request goes through. Plain reads of what is public go past here."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from masthead.access import Viewer
from masthead.content.commands import Actor, CommandRefusedError
from masthead.content.history import History
from masthead.content.spelling import Readable, Told
from masthead.kernel import AccessError, InputError, MastheadError
from masthead.model import ContentModel
from masthead.query import RowReader
from masthead.rest.address import ROOT
from masthead.rest.links import link_header
from masthead.rest.problem import problem_of, refuse
from masthead.rest.query_string import read_query_string
from masthead.rest.reply import Reply, found, refused
from masthead.rest.resource import Resource
from masthead.rest.service import Rest
from masthead.rest.writing.answers import Answers
from masthead.rest.writing.bulk import BulkDoor
from masthead.rest.writing.call import Call, Receive
from masthead.rest.writing.entries import EntryDoor, RunsCommands
from masthead.rest.writing.histories import HistoryDoor
from masthead.rest.writing.releases import ReleaseDoor
from masthead.rest.writing.routes import BULK, RELEASES, has_action
from masthead.rest.writing.schedules import ScheduleDoor
from masthead.rest.writing.targets import Targets

Scope = MutableMapping[str, Any]
Handle = Callable[[Call], Awaitable[Reply]]
Doors = Mapping[str, Handle]
"""What can be done at an address, by its method."""

_OF_ONE = re.compile(r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/(.+)")
_STAGE = re.compile(rb"(?:^|&)stage=([^&]*)")
_REVISION = re.compile(r"revisions/([^/]+)")
_SCHEDULE = re.compile(r"schedules/([^/]+)")


class Writing:
    """All doors of one publication. `drafts` reads the draft stage, `reader` what only editors may read."""

    def __init__(  # noqa: PLR0913 - the parts that the doors are made of
        self,
        model: ContentModel,
        drafts: Rest,
        reader: RowReader,
        commands: RunsCommands,
        history: History,
        *,
        told: Told,
        readable: Readable,
        actor_of: Callable[[Scope], Actor],
    ) -> None:
        self._drafts = drafts
        self._told = told
        self._actor_of = actor_of
        targets, answers = Targets(drafts, reader), Answers(drafts, told)
        self._entries = EntryDoor(commands, model, targets, answers)
        self._bulk = BulkDoor(commands, model, targets, answers)
        self._releases = ReleaseDoor(commands, drafts, targets, answers, told)
        self._schedules = ScheduleDoor(commands, drafts, targets, answers)
        self._histories = HistoryDoor(history, targets, told, readable)

    async def answer(self, scope: Scope, receive: Receive) -> Reply | None:
        """The reply; None for what is none of these doors'. Raises MastheadError."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        name, _, rest = scope["path"][len(ROOT) + 1 :].partition("/")
        resource = self._drafts.resources.get(name)
        doors = self._doors(name, rest, resource)
        if doors is None:
            return None
        handle = doors.get(method)
        if handle is None:
            if method == "GET" and resource is not None:
                return await self._read(scope)
            raise _not_allowed(scope["method"], doors, has_read=resource is not None)
        _require_signed_in(scope["masthead.viewer"])
        call = self._call(scope, receive, method)
        try:
            return await handle(call)
        except MastheadError as error:
            type_name = None if resource is None else resource.type.name
            more = self._told.details(error, call.actor.viewer, type_name)
            if not more:
                raise
            problem = problem_of(error)
            status = 422 if isinstance(error, CommandRefusedError) else problem.status
            return refused(replace(problem, status=status, more=more))

    def _call(self, scope: Scope, receive: Receive, method: str) -> Call:
        limits = self._drafts.limits
        given = read_query_string(scope["query_string"], limits.query_bytes)
        actor = self._actor_of(scope)
        headers = dict(scope["headers"])
        return Call(
            method, scope["path"], scope["query_string"], given, headers, actor, receive, limits.request_bytes
        )

    async def _read(self, scope: Scope) -> Reply | None:
        """Drafts, where the query asks for their stage; None for what is public."""
        match = _STAGE.search(scope["query_string"])
        if match is None:
            return None
        if match.group(1) != b"draft":
            raise refuse("value-invalid", "`stage` is no stage.", "Pass draft, or leave it out.", "stage")
        _require_signed_in(scope["masthead.viewer"])
        query = _STAGE.sub(b"", scope["query_string"], count=1).removeprefix(b"&")
        answer = await self._drafts.get(scope["path"], query, scope["masthead.viewer"])
        link = link_header(scope["path"], scope["query_string"], answer.body) if answer.is_list else None
        known = dict(scope["headers"]).get(b"if-none-match", b"")
        head = None if answer.is_list else orjson.loads(answer.body)["entry"]["revision"]
        return found(answer.body, b"private, no-store", link, known, head)

    def _doors(self, name: str, rest: str, resource: Resource | None) -> Doors | None:
        if name == BULK and not rest:
            return {"POST": self._bulk.run}
        if name == RELEASES:
            return self._of_releases(rest)
        if resource is None:
            return None
        return self._of_entries(resource, rest)

    def _of_entries(self, resource: Resource, rest: str) -> Doors | None:
        key, tail = "", rest
        if not resource.type.is_singleton:
            match = _OF_ONE.fullmatch(rest)
            key, tail = match.groups() if match else (rest, "")
        if has_action(resource, tail):
            return {"POST": partial(self._entries.act, resource=resource, key=key, action=tail)}
        if tail == "revisions":
            return {"GET": partial(self._histories.list, resource=resource, key=key)}
        if tail == "diff":
            return {"GET": partial(self._histories.diff, resource=resource, key=key)}
        if tail == "schedules":
            return {"GET": partial(self._schedules.list, resource=resource, key=key)}
        if (match := _SCHEDULE.fullmatch(tail)) is not None:
            cancel = partial(self._schedules.cancel, resource=resource, key=key, schedule=match.group(1))
            return {"DELETE": cancel}
        if (match := _REVISION.fullmatch(tail)) is not None:
            show = partial(self._histories.show, resource=resource, key=key, number=match.group(1))
            return {"GET": show}
        if tail:
            # A slug may begin with what reads as an id.
            key = rest
        return self._of_one(resource, key)

    def _of_one(self, resource: Resource, key: str) -> Doors:
        create = {"POST": partial(self._entries.create, resource=resource)}
        if resource.type.name == "Asset":
            create = {}
        one = {
            "PATCH": partial(self._entries.change, resource=resource, key=key),
            "DELETE": partial(self._entries.remove, resource=resource, key=key),
        }
        if resource.type.is_singleton:
            return {} if key else {**create, **one}
        return one if key else create

    def _of_releases(self, rest: str) -> Doors | None:
        doors = self._releases
        key, _, tail = rest.partition("/")
        match tail:
            case "" if not key:
                return {"GET": doors.list, "POST": doors.create}
            case "":
                return {
                    "GET": partial(doors.show, key=key),
                    "PATCH": partial(doors.change, key=key),
                    "DELETE": partial(doors.drop, key=key),
                }
            case "publish":
                return {"POST": partial(doors.publish, key=key)}
            case "schedule":
                return {"POST": partial(doors.schedule, key=key)}
            case _ if (match := _SCHEDULE.fullmatch(tail)) is not None:
                return {"DELETE": partial(doors.unschedule, key=key, schedule=match.group(1))}
            case _:
                return None


def _require_signed_in(viewer: Viewer) -> None:
    if viewer.is_anonymous:
        raise AccessError("not-signed-in", "Nobody is signed in.", "POST /api/session, or send an API token.")


def _not_allowed(method: str, doors: Doors, *, has_read: bool) -> InputError:
    allowed = sorted({*doors, *(("GET",) if has_read else ())})
    if "GET" in allowed:
        allowed.insert(allowed.index("GET") + 1, "HEAD")
    return InputError(
        "method-not-allowed",
        f"{method} is not possible here.",
        f"Use {', '.join(allowed)}.",
        context={"allow": ", ".join(allowed)},
    )
