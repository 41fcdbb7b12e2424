"""`masthead webhooks`: who is told of events."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from masthead.cli.opening import run_on
from masthead.cli.webhook_verbs import webhooks
from masthead.cli.webhooks_given import CLI, given_condition, given_id

if TYPE_CHECKING:
    from masthead.model import ContentModel
    from masthead.store import Database

Folder = Annotated[Path, Parameter(name="DIR", negative=())]
Id = Annotated[str, Parameter(name="ID")]


@webhooks.command(name="list")
def list_(
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """List all webhooks.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.cli.webhooks_text import lines_of_endpoints
        from masthead.webhooks import Endpoints

        print("\n".join(lines_of_endpoints(await Endpoints(database).all())))

    run_on(folder, data, run)


@webhooks.command
def add(
    url: Annotated[str, Parameter(name="URL")],
    folder: Folder = Path(),
    /,
    *,
    types: Annotated[tuple[str, ...], Parameter(name="--type", negative=())] = (),
    condition: str | None = None,
    ordered: bool | None = None,
    data: Path | None = None,
) -> None:
    """Tell an address of events from now on. Its secret is shown this once.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    url
        Where requests go, https://….
    types
        A type of event it is told of, perhaps with * at the end; may be repeated. Without one: of all.
    condition
        What the data of an event have to meet, as JSON; {} for anything.
    ordered
        Whether an event waits until those before it have arrived.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.webhooks import Endpoints, Wanted

        wanted = Wanted(url, types or None, given_condition(condition), ordered)
        endpoint, secret = await Endpoints(database).create(wanted, CLI)
        print(f"{endpoint.id}\n{secret}")

    run_on(folder, data, run)


@webhooks.command
def change(  # noqa: PLR0913 - an option each
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    url: str | None = None,
    types: Annotated[tuple[str, ...], Parameter(name="--type", negative=())] = (),
    condition: str | None = None,
    ordered: bool | None = None,
    enabled: bool | None = None,
    data: Path | None = None,
) -> None:
    """Make a webhook otherwise than it is.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    url
        Where requests go.
    types
        A type of event it is told of, perhaps with * at the end; may be repeated.
    condition
        What the data of an event have to meet, as JSON; {} for anything.
    ordered
        Whether an event waits until those before it have arrived.
    enabled
        Whether it is told. Disabling makes dead letters of what waits.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.cli.webhooks_text import lines_of_endpoints
        from masthead.webhooks import Endpoints, Wanted

        wanted = Wanted(url, types or None, given_condition(condition), ordered, enabled)
        endpoint = await Endpoints(database).change(given_id(key), wanted, CLI)
        print("\n".join(lines_of_endpoints([endpoint])))

    run_on(folder, data, run)


@webhooks.command
def remove(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Remove a webhook with its secrets and its log.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.webhooks import Endpoints

        await Endpoints(database).delete(given_id(key), CLI)
        print(f"{key} is removed.")

    run_on(folder, data, run)


@webhooks.command
def rotate(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Give a webhook another secret, which is shown this once. The old one signs too for a day.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", _: "ContentModel") -> None:
        from masthead.webhooks import Endpoints

        print(await Endpoints(database).rotate(given_id(key), CLI))

    run_on(folder, data, run)
