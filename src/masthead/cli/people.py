"""The people of a publication, for verbs that run and end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import Parameter

if TYPE_CHECKING:
    from masthead.people import Client, People


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Where:
    """Which publication."""

    dir: Path = Path()
    "The publication; the folder where one is."
    data: Path | None = None
    "Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR)."


@dataclass(frozen=True, slots=True)
class Opened:
    """The people of a publication, and the address that links begin with."""

    people: "People"
    address: str

    def link(self, secret: str) -> str:
        """The address of a one-time link."""
        from masthead.rest.people import link_address

        return link_address(self.address, secret)


def with_people(where: Where, work: Callable[[Opened], Awaitable[None]]) -> None:
    """Do it, with the people of that publication. Raises NotFoundError, UnavailableError."""

    async def run() -> None:
        async with _open(where) as opened:
            await work(opened)

    asyncio.run(run())


@asynccontextmanager
async def _open(where: Where) -> AsyncIterator[Opened]:
    from masthead.cli.opening import open_publication
    from masthead.kernel import NotFoundError
    from masthead.kernel.settings import read_settings
    from masthead.people import People
    from masthead.roles import public_address
    from masthead.store import read_applied_model

    settings = read_settings(data=where.data)
    async with open_publication(where.dir, settings, leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            raise NotFoundError(
                "nothing-imported",
                f"There is no publication in {where.dir} yet.",
                "`masthead up` makes it one.",
            )
        people = People(opened.database, frozenset(each.name for each in model))
        try:
            yield Opened(people, public_address(settings, opened.data))
        finally:
            people.close()


def command_line() -> "Client":
    """Who the audit log says it was."""
    from masthead.people import Client

    return Client("cli")
