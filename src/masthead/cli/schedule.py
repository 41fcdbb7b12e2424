"""`masthead schedule`: what is to happen at which moment, and taking it back."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from masthead.model import ContentModel
    from masthead.store import Database

schedule = App(name="schedule", help="Show what is to be published or unpublished when, and take it back.")

Folder = Annotated[Path, Parameter(name="DIR", negative=())]
Opened = tuple["Database", "ContentModel"]


@schedule.command(name="list")
def list_(
    folder: Folder = Path(),
    /,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    size: int = 100,
    data: Path | None = None,
) -> None:
    """List what is pending, the next first. Moments are in the site's time zone.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used.

    Parameters
    ----------
    folder
        The publication.
    all_
        What is over too, with what became of it.
    size
        How many to list.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(opened: Opened) -> None:
        from masthead.cli.schedule_text import lines_of_agenda
        from masthead.content.scheduling import read_agenda
        from masthead.content.site_zone import read_site_zone

        database, model = opened
        found = await read_agenda(database.drafts, model, is_all=all_, size=max(1, size))
        zone = await read_site_zone(database.drafts, model)
        print("\n".join(lines_of_agenda(found, zone)))

    _run(run, folder, data)


@schedule.command
def cancel(
    key: Annotated[str, Parameter(name="ID")],
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Take back what is pending.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or no such schedule is pending.

    Parameters
    ----------
    key
        The schedule's id, as `masthead schedule list` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(opened: Opened) -> None:
        from masthead.content.commands import Actor, Commands, Unschedule

        database, model = opened
        await Commands(database, model).run(Unschedule(_id(key)), Actor.platform("cli"))
        print(f"{key} is cancelled.")

    _run(run, folder, data)


def _id(text: str) -> Any:
    from uuid import UUID

    from masthead.kernel import InputError

    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            "id-invalid", f'"{text}" is no id of a schedule.', "`masthead schedule list` shows the ids."
        ) from None


def _run(run: Callable[[Opened], Coroutine[Any, Any, None]], folder: Path, data: Path | None) -> None:
    from masthead.kernel import InputError
    from masthead.kernel.settings import read_settings

    async def whole() -> None:
        async with _opened(folder, read_settings(data=data)) as opened:
            await run(opened)

    try:
        asyncio.run(whole())
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)


@asynccontextmanager
async def _opened(folder: Path, settings: Any) -> AsyncIterator[Opened]:
    """The publication's database and its model. Raises NotFoundError where nothing was imported."""
    from masthead.cli.opening import open_publication
    from masthead.content import require_folder
    from masthead.kernel import NotFoundError
    from masthead.store import read_applied_model

    require_folder(folder)
    async with open_publication(folder, settings, leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            raise NotFoundError(
                "nothing-imported", f"Nothing was imported from {folder} yet.", "`masthead import` does."
            )
        yield opened.database, model
