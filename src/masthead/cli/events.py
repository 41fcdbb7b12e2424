"""`masthead events`: what has happened, in order; one event whole; and what happens now."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from masthead.events import EventFilter, StoredEvent
    from masthead.model import ContentModel
    from masthead.store import Database

events = App(name="events", help="Show what has happened, in order, or as it happens.")

Folder = Annotated[Path, Parameter(name="DIR", negative=())]
Flag = Annotated[bool, Parameter(negative=())]


@events.command(name="list")
def list_(
    folder: Folder = Path(),
    /,
    *,
    type_: Annotated[str | None, Parameter(name="--type")] = None,
    entry: str | None = None,
    after: int | None = None,
    size: int = 50,
    json: Flag = False,
    data: Path | None = None,
) -> None:
    """List events in the order of their positions: the newest, or those behind one.

    Exit status: 0 done, 1 failed, 2 the folder or an option cannot be used.

    Parameters
    ----------
    folder
        The publication.
    type_
        Only of this type, such as content.entry.published.v1; `*` at the end takes all that begin so.
    entry
        Only of the entry with this id.
    after
        Those behind this position, the oldest first; without it the newest.
    size
        How many at most.
    json
        A line of CloudEvents JSON for each.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    from masthead.cli.opening import run_on

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.events import count_pending, list_events

        found = await list_events(database.drafts, _filter(type_, entry), after, max(1, size))
        await _print(found, database, model, is_json=json)
        if pending := await count_pending(database.drafts):
            print(
                f"{pending} more have no position yet; a relay or a worker gives them one.", file=sys.stderr
            )

    run_on(folder, data, run)


@events.command
def show(
    key: Annotated[str, Parameter(name="EVENT")], folder: Folder = Path(), /, *, data: Path | None = None
) -> None:
    """Print one event as consumers get it.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or there is no such event.

    Parameters
    ----------
    key
        The event's position, or its id.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    from masthead.cli.opening import run_on

    async def run(database: "Database", model: "ContentModel") -> None:
        import orjson

        from masthead.events import cloud_event, find_event
        from masthead.kernel import InputError
        from masthead.roles.source import source_of

        position = key if key.isascii() and key.isdigit() and len(key) < 19 else None
        found = await find_event(database.drafts, _id(key, "event") if position is None else int(position))
        if found is None:
            remedy = "`masthead events list` shows those that are kept."
            raise InputError("event-missing", f"There is no event {key}.", remedy)
        event = cloud_event(found, await source_of(database, model)())
        print(orjson.dumps(event, option=orjson.OPT_INDENT_2).decode())

    run_on(folder, data, run)


@events.command
def tail(
    folder: Folder = Path(),
    /,
    *,
    type_: Annotated[str | None, Parameter(name="--type")] = None,
    entry: str | None = None,
    after: int | None = None,
    json: Flag = False,
    data: Path | None = None,
) -> None:
    """Print events as they happen, until Ctrl-C.

    Exit status: 0 interrupted, 1 failed, 2 the folder or an option cannot be used.

    Parameters
    ----------
    folder
        The publication.
    type_
        Only of this type, such as content.entry.published.v1; `*` at the end takes all that begin so.
    entry
        Only of the entry with this id.
    after
        Begin behind this position; without it with what happens next.
    json
        A line of CloudEvents JSON for each.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    from masthead.cli.opening import run_on

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.events import EventFeed

        wanted, feed = _filter(type_, entry), EventFeed(database)
        async with asyncio.TaskGroup() as group:
            group.create_task(feed.run())
            async for batch in feed.follow(after):
                found = [each for each in batch if wanted.has(each)]
                await _print(found, database, model, is_json=json)

    try:
        run_on(folder, data, run)
    except KeyboardInterrupt:
        sys.exit(0)


async def _print(
    found: "list[StoredEvent]", database: "Database", model: "ContentModel", *, is_json: bool
) -> None:
    import orjson

    from masthead.events import cloud_event
    from masthead.roles.source import source_of

    source = await source_of(database, model)() if is_json and found else ""
    for each in found:
        print(orjson.dumps(cloud_event(each, source)).decode() if is_json else _line(each), flush=True)


def _line(event: "StoredEvent") -> str:
    """Position, moment, what happened, to what."""
    moment = event.created_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    what = event.type.removeprefix("content.").removesuffix(".v1")
    told = event.data
    named = told.get("path") or told.get("name") or event.entry or ""
    return f"{event.position:>8}  {moment}  {what:<20} {told.get('type') or '':<12} {named}".rstrip()


def _filter(type_: str | None, entry: str | None) -> "EventFilter":
    from masthead.events import EventFilter

    return EventFilter(type_, None if entry is None else _id(entry, "entry"))


def _id(text: str, what: str) -> Any:
    from uuid import UUID

    from masthead.kernel import InputError

    try:
        return UUID(text)
    except ValueError:
        raise InputError("id-invalid", f'"{text}" is no id of an {what}.', "Ids are UUIDs.") from None
