"""The database of a publication, for verbs that run and end: the embedded one, or DATABASE_URL's."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from masthead.kernel import InputError, NotFoundError
from masthead.kernel.settings import Settings, read_settings
from masthead.model import ContentModel
from masthead.store import Database, embedded_server, open_database, read_applied_model


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database, and the folder whose `assets` hold the bytes of assets."""

    database: Database
    data: Path


@asynccontextmanager
async def open_publication(
    folder: Path, settings: Settings, *, leaves_no_trace: bool = False
) -> AsyncIterator[Opened]:
    """The database of the publication in `folder`.

    With `leaves_no_trace`, an embedded server that is not there yet is made elsewhere, for this once.
    Raises UnavailableError.
    """
    data = (settings.data or folder / ".masthead").resolve()
    async with AsyncExitStack() as stack:
        if settings.database_url is not None:
            url = settings.database_url.get_secret_value()
        elif leaves_no_trace and not (data / "postgres").exists():
            elsewhere = stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-"))
            url = stack.enter_context(embedded_server(Path(elsewhere)))
        else:
            url = stack.enter_context(embedded_server(data))
        yield Opened(await stack.enter_async_context(open_database(url)), data)


@asynccontextmanager
async def open_imported(folder: Path, settings: Settings) -> AsyncIterator[tuple[Database, ContentModel]]:
    """The publication's database and the model in force. Raises NotFoundError where nothing was imported."""
    from masthead.content import require_folder

    require_folder(folder)
    async with open_publication(folder, settings, leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            raise NotFoundError(
                "nothing-imported", f"Nothing was imported from {folder} yet.", "`masthead import` does."
            )
        yield opened.database, model


def run_on(folder: Path, data: Path | None, run: Callable[[Database, ContentModel], Awaitable[None]]) -> None:
    """Do it with the publication's database and model. What the caller got wrong ends with status 2."""

    async def whole() -> None:
        async with open_imported(folder, read_settings(data=data)) as (database, model):
            await run(database, model)

    try:
        asyncio.run(whole())
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
