"""Releases: changes that are published at one instant."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from masthead.access import Viewer
from masthead.content.commands import (
    ChangeRelease,
    Command,
    CreateRelease,
    DropRelease,
    PublishRelease,
    ReleaseItem,
    ScheduleRelease,
    Unschedule,
)
from masthead.content.spelling import Told
from masthead.kernel import NotFoundError
from masthead.query import selection as select
from masthead.rest.problem import exceed, refuse
from masthead.rest.reply import Reply
from masthead.rest.representation import STUB
from masthead.rest.service import Rest
from masthead.rest.writing.answers import Answers, json_reply
from masthead.rest.writing.arguments import (
    ChangedRelease,
    Due,
    Item,
    NewRelease,
    Nothing,
    read_arguments,
)
from masthead.rest.writing.call import Call, read_id
from masthead.rest.writing.entries import RunsCommands
from masthead.rest.writing.schedules import PERSON, SCHEDULE, registered
from masthead.rest.writing.targets import Targets

_DEFAULT = 20


class ReleaseDoor:
    """Reads and changes the releases of a publication."""

    def __init__(
        self, commands: RunsCommands, drafts: Rest, targets: Targets, answers: Answers, told: Told
    ) -> None:
        self._commands = commands
        self._targets = targets
        self._told = told
        self._drafts = drafts
        self._answers = answers
        self._members = _members(each.type.name for each in drafts.resources)

    async def list(self, call: Call) -> Reply:
        """All of them, the newest first, in pages."""
        self._told.check_releases(call.actor.viewer)
        call.only("page[size]", "page[after]")
        size = self._size(call)
        below = call.given.get("page[after]")
        after = None if below is None else select.Given(str(read_id(below, "page[after]")))
        rows = select.RegisteredRows("releases", size + 1, after, self._members)
        found = orjson.loads(await self._drafts.fetch(rows, call.actor.viewer))
        following = found[size - 1]["id"] if len(found) > size else None
        return json_reply({"data": found[:size], "page": {"next": following, "previous": None}})

    async def show(self, call: Call, key: str) -> Reply:
        """One of them."""
        self._told.check_releases(call.actor.viewer)
        call.only()
        return Reply(
            200, await self._read(_id(key), call.actor.viewer), [(b"content-type", b"application/json")]
        )

    async def create(self, call: Call) -> Reply:
        """A new one."""
        call.only()
        given = read_arguments(NewRelease, await call.body())
        return await self._run(call, CreateRelease(given.name, _items(given.items)), 201)

    async def change(self, call: Call, key: str) -> Reply:
        """Another name, items put in, entries taken out."""
        call.only()
        release = _id(key)
        given = read_arguments(ChangedRelease, await call.body())
        command = ChangeRelease(release, given.name, _items(given.put), tuple(given.take))
        return await self._run(call, command)

    async def publish(self, call: Call, key: str) -> Reply:
        """Do all of it at one instant."""
        call.only()
        read_arguments(Nothing, await call.body(may_be_empty=True))
        return await self._run(call, PublishRelease(_id(key)))

    async def schedule(self, call: Call, key: str) -> Reply:
        """Publish it at a moment."""
        call.only()
        release = _id(key)
        given = read_arguments(Due, await call.body())
        return await self._run(call, ScheduleRelease(release, given.at))

    async def unschedule(self, call: Call, key: str, schedule: str) -> Reply:
        """Take back a schedule of it that has not run."""
        call.only()
        self._told.check_releases(call.actor.viewer)
        return await self._run(call, Unschedule(await self._targets.schedule(schedule, release=_id(key))))

    async def drop(self, call: Call, key: str) -> Reply:
        """Give it up; its entries stay as they are."""
        call.only()
        return await self._run(call, DropRelease(_id(key)))

    async def _run(self, call: Call, command: Command, status: int = 200) -> Reply:
        outcome = await self._commands.run(command, call.actor, key=call.key)
        release = outcome.release
        data = b"null" if release is None else await self._read(release, call.actor.viewer)
        return await self._answers.release(outcome, data, status)

    async def _read(self, release: UUID, viewer: Viewer) -> bytes:
        row = select.RegisteredRow("release", self._members, select.Given(str(release)))
        found = await self._drafts.fetch(row, viewer)
        if found == b"null":
            raise NotFoundError("release-unknown", f"There is no release {release}.", "GET /api/releases.")
        return found

    def _size(self, call: Call) -> int:
        text = call.given.get("page[size]", str(_DEFAULT))
        if not text.isascii() or not text.isdigit() or not int(text):
            raise refuse("value-invalid", f"`page[size]` is {text[:80]!r}.", "Pass 1 or more.", "page[size]")
        if int(text) > self._drafts.limits.page_size:
            sent, name = f"`page[size]` is {int(text):,}", "page_size"
            raise exceed(name, self._drafts.limits.page_size, sent, "Ask for fewer.", "page[size]")
        return int(text)


def _id(key: str) -> UUID:
    """Raises NotFoundError: what is no id is no release's."""
    try:
        return UUID(key)
    except ValueError:
        raise NotFoundError(
            "release-unknown", f"There is no release {key[:80]!r}.", "GET /api/releases."
        ) from None


def _items(items: Sequence[Item]) -> tuple[ReleaseItem, ...]:
    return tuple(ReleaseItem(each.entry, each.action, each.revision) for each in items)


def _members(types: Any) -> select.Members:
    """A release as REST shows it."""
    variants = tuple((name, (*STUB, select.Member("type", select.TypeName(name)))) for name in types)
    item = (
        select.Member("entry", select.RegisteredEntry(variants)),
        *registered(("action", "action"), ("revision", "revision_id")),
    )
    return (
        *registered(
            ("id", "id"),
            ("name", "name"),
            ("state", "state"),
            ("createdAt", "created_at"),
            ("publishedAt", "published_at"),
        ),
        select.Member("createdBy", select.RegisteredRow("creator", PERSON)),
        select.Member("items", select.RegisteredRows("items", 500, members=item)),
        select.Member("schedules", select.RegisteredRows("timings", 20, members=SCHEDULE)),
    )
