"""The database of a publication, for verbs that run and end: the embedded one, or DATABASE_URL's."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from masthead.kernel.settings import Settings
from masthead.store import Database, embedded_server, open_database


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
