"""`masthead schedule`: what is to happen at which moment, and taking it back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from masthead.model import ContentModel
    from masthead.store import Database

schedule = App(name="schedule", help="Show what is to be published or unpublished when, and take it back.")

Folder = Annotated[Path, Parameter(name="DIR", negative=())]


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

    from masthead.cli.opening import run_on

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.cli.schedule_text import lines_of_agenda
        from masthead.content.scheduling import read_agenda
        from masthead.content.site_zone import read_site_zone

        found = await read_agenda(database.drafts, model, is_all=all_, size=max(1, size))
        zone = await read_site_zone(database.drafts, model)
        print("\n".join(lines_of_agenda(found, zone)))

    run_on(folder, data, run)


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

    from masthead.cli.opening import run_on

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.content.commands import Actor, Commands, Unschedule

        await Commands(database, model).run(Unschedule(_id(key)), Actor.platform("cli"))
        print(f"{key} is cancelled.")

    run_on(folder, data, run)


def _id(text: str) -> Any:
    from uuid import UUID

    from masthead.kernel import InputError

    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            "id-invalid", f'"{text}" is no id of a schedule.', "`masthead schedule list` shows the ids."
        ) from None
