"""`masthead webhooks deliveries` and what sends again."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from masthead.cli.opening import run_on
from masthead.cli.webhook_verbs import webhooks
from masthead.cli.webhooks_given import CLI, given_id, given_moment

if TYPE_CHECKING:
    from masthead.model import ContentModel
    from masthead.store import Database

Folder = Annotated[Path, Parameter(name="DIR", negative=())]
Id = Annotated[str, Parameter(name="ID")]


@webhooks.command
def deliveries(
    folder: Folder = Path(),
    /,
    *,
    webhook: str | None = None,
    state: Literal["pending", "done", "dead"] | None = None,
    size: int = 100,
    data: Path | None = None,
) -> None:
    """List what was sent, or is to be, the newest first. Moments are in the site's time zone.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    webhook
        Only of the webhook with this id.
    state
        Only those in this state; dead ones are not sent any more.
    size
        How many to list.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.cli.webhooks_text import lines_of_deliveries
        from masthead.content.site_zone import read_site_zone
        from masthead.webhooks import list_deliveries

        one = None if webhook is None else given_id(webhook)
        found = await list_deliveries(database.drafts, one, state, size=max(1, size))
        print("\n".join(lines_of_deliveries(found, await read_site_zone(database.drafts, model))))

    run_on(folder, data, run)


@webhooks.command
def show(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Show one delivery with its attempts, and what was answered.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The delivery's id, as `masthead webhooks deliveries` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.cli.webhooks_text import lines_of_attempts, lines_of_deliveries
        from masthead.content.site_zone import read_site_zone
        from masthead.webhooks import find_delivery, list_attempts

        zone = await read_site_zone(database.drafts, model)
        delivery = await find_delivery(database.drafts, given_id(key))
        attempts = await list_attempts(database.drafts, delivery.id)
        print("\n".join([*lines_of_deliveries([delivery], zone), *lines_of_attempts(attempts, zone)]))

    run_on(folder, data, run)


@webhooks.command
def resend(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Send the event of a delivery once more, whatever became of it.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The delivery's id, as `masthead webhooks deliveries` shows it.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.roles.source import source_of
        from masthead.webhooks import Again

        new = await Again(database, source_of(database, model)).resend(given_id(key), CLI)
        print(f"{new.id} is sent.")

    run_on(folder, data, run)


@webhooks.command
def replay(
    key: Id,
    first: Annotated[int, Parameter(name="FIRST")],
    last: Annotated[int, Parameter(name="LAST")],
    folder: Folder = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Send the events in a range of positions that a webhook wants, apart from what happens meanwhile.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    first
        The position of the first, as `masthead events list` shows it.
    last
        The position of the last.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.roles.source import source_of
        from masthead.webhooks import Again

        again = Again(database, source_of(database, model))
        _, number = await again.replay(given_id(key), first, last, CLI)
        print(f"{number} deliveries are sent.")

    run_on(folder, data, run)


@webhooks.command
def recover(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    since: str,
    until: str | None = None,
    data: Path | None = None,
) -> None:
    """Send what a webhook has not got since a moment, and nothing that has arrived.

    That is its dead letters, what waits for its next attempt, and what it was not told while it was disabled.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    since
        What happened from then on: such as 2027-01-05T09:00, in the site's time zone, or with Z or an offset.
    until
        What happened before that.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.content.site_zone import read_site_zone
        from masthead.roles.source import source_of
        from masthead.webhooks import Again

        zone = await read_site_zone(database.drafts, model)
        again, one = Again(database, source_of(database, model)), given_id(key)
        end = None if until is None else given_moment(until, zone)
        begin: datetime | int | None = given_moment(since, zone)
        number = 0
        while begin is not None:
            found = await again.recover(one, begin, CLI, end)
            number, begin = number + found.deliveries, found.span.following
        print(f"{number} deliveries are sent.")

    run_on(folder, data, run)


@webhooks.command
def redrive(
    key: Id,
    folder: Folder = Path(),
    /,
    *,
    delivery: str | None = None,
    data: Path | None = None,
) -> None:
    """Send the dead letters of a webhook, or one of them, with all attempts again.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what was given is wrong.

    Parameters
    ----------
    key
        The webhook's id, as `masthead webhooks list` shows it.
    delivery
        Only the delivery with this id.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """

    async def run(database: "Database", model: "ContentModel") -> None:
        from masthead.roles.source import source_of
        from masthead.webhooks import Again

        again = Again(database, source_of(database, model))
        one = None if delivery is None else given_id(delivery)
        number = await again.redrive(given_id(key), CLI, one)
        print(f"{number} deliveries are sent.")

    run_on(folder, data, run)
