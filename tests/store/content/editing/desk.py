"""Commands that can be given: for every kind, a publication in which it is done."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.store.content.commands.desk import person
from tests.store.content.editing.publication import MODEL

from masthead.access import EDITOR
from masthead.content.commands import (
    Actor,
    Archive,
    Bulk,
    Changed,
    ChangeRelease,
    Command,
    Commands,
    Create,
    CreateRelease,
    Delete,
    DropRelease,
    Duplicate,
    Publish,
    PublishRelease,
    ReleaseItem,
    Restore,
    Save,
    Schedule,
    ScheduleRelease,
    Unarchive,
    Unpublish,
    Unschedule,
)
from masthead.kernel import utc_now
from masthead.store import Database

_FIELDS = {
    "title": "Alpha",
    "body": "one\n\ntwo\n\nthree\n",
    "labels": ["x"],
    "notes": [{"type": "Note", "text": "a\n"}],
}


class Desk:
    """An editor who prepares."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.commands = Commands(database, MODEL)
        self.editor: Actor = person(EDITOR)

    async def one(self, command: Command) -> Changed:
        """Give a command that is about one entry."""
        return (await self.commands.run(command, self.editor)).entries[0]

    async def story(self, **fields: Any) -> Changed:
        """A draft that refers to an author."""
        author = await self.one(Create("Author", {"name": "Ada"}))
        return await self.one(Create("Story", {**_FIELDS, "lead": str(author.entry), **fields}))

    async def public(self, **fields: Any) -> Changed:
        """A public story, with its author."""
        made = await self.story(**fields)
        return await self.one(Publish(made.entry, made.head, is_along=True))

    async def archived(self) -> Changed:
        """A story that has been archived."""
        made = await self.story()
        return await self.one(Archive(made.entry, made.head))

    async def release(self) -> UUID:
        """Two stories that are to be published, and one that is to go."""
        new, other = await self.story(), await self.story(title="Beta", lead=None)
        gone = await self.public(title="Gamma", lead=None)
        author = (await self.database.drafts.fetch("SELECT id FROM draft.author ORDER BY id LIMIT 1"))[0][
            "id"
        ]
        items = [ReleaseItem(each) for each in (new.entry, other.entry, UUID(int=author.int))]
        made = await self.commands.run(
            CreateRelease("Spring", [*items, ReleaseItem(gone.entry, "unpublish")]), self.editor
        )
        assert made.release is not None
        return made.release


async def _merge(desk: Desk) -> Command:
    made = await desk.public()
    await desk.one(Save(made.entry, made.head, {"body": "zero\n\none\n\ntwo\n\nthree\n"}))
    return Save(made.entry, made.head, {"body": "one\n\ntwo\n\nthree\n\nfour\n", "slug": "other"})


async def _moved(desk: Desk) -> Command:
    made = await desk.public()
    await desk.one(Create("Story", {"title": "See", "body": f"[it](entry:{made.entry})\n"}))
    saved = await desk.one(Save(made.entry, made.head, {"slug": "other"}))
    return Publish(saved.entry, saved.head)


async def _publish(desk: Desk) -> Command:
    made = await desk.story()
    return Publish(made.entry, made.head, is_along=True)


async def _restore(desk: Desk) -> Command:
    made = await desk.story()
    saved = await desk.one(Save(made.entry, made.head, {"title": "Beta"}))
    return Restore(saved.entry, saved.head, made.head)


async def _bulk(desk: Desk) -> Command:
    made, public = await desk.story(), await desk.public(title="Beta")
    return Bulk(
        [
            Create("Tag", {"name": "Go"}),
            Save(made.entry, made.head, {"title": "Delta"}),
            Unpublish(public.entry, public.head),
        ]
    )


async def _schedule(desk: Desk) -> Command:
    made = await desk.story()
    return Schedule(made.entry, made.head, "publish", utc_now() + timedelta(days=1))


async def _unschedule(desk: Desk) -> Command:
    key = (await desk.commands.run(await _schedule(desk), desk.editor)).schedule
    assert key is not None
    return Unschedule(key)


def _of(
    make: Callable[[Desk], Awaitable[Changed]], command: Callable[[UUID, UUID], Command]
) -> Callable[[Desk], Awaitable[Command]]:
    async def prepared(desk: Desk) -> Command:
        made = await make(desk)
        return command(made.entry, made.head)

    return prepared


def _of_release(command: Callable[[UUID], Command]) -> Callable[[Desk], Awaitable[Command]]:
    async def prepared(desk: Desk) -> Command:
        return command(await desk.release())

    return prepared


async def _create(desk: Desk) -> Command:
    made = await desk.one(Create("Tag", {"name": "Go"}))
    return Create("Story", {**_FIELDS, "tags": [str(made.entry)]})


PREPARED: Mapping[str, Callable[[Desk], Awaitable[Command]]] = {
    "create": _create,
    "save that merges": _merge,
    "restore": _restore,
    "duplicate": _of(Desk.story, lambda entry, _: Duplicate(entry)),
    "publish along": _publish,
    "publish elsewhere": _moved,
    "unpublish": _of(Desk.public, Unpublish),
    "archive": _of(Desk.public, Archive),
    "unarchive": _of(Desk.archived, Unarchive),
    "delete": _of(Desk.archived, Delete),
    "schedule": _schedule,
    "unschedule": _unschedule,
    "bulk": _bulk,
    "create release": _of(Desk.story, lambda entry, _: CreateRelease("Spring", [ReleaseItem(entry)])),
    "change release": _of_release(lambda key: ChangeRelease(key, "Summer")),
    "publish release": _of_release(PublishRelease),
    "schedule release": _of_release(lambda key: ScheduleRelease(key, utc_now() + timedelta(days=1))),
    "drop release": _of_release(DropRelease),
}
"""Every command, with all that it can touch."""
