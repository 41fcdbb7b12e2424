"""The publication that is up: its model applied, its files brought in, and again whenever one is saved."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from masthead.access import Policies, compile_policies
from masthead.content import import_folder
from masthead.kernel import MastheadError
from masthead.model import LOCK_FILE, MODEL_FILE, default_model, load_model
from masthead.roles.supervisor.owner_link import owner_link
from masthead.roles.supervisor.screen import Outcome, Screen
from masthead.store import Database, apply_model, open_database

log = structlog.get_logger("masthead.up")

QUIET = 50
"""Milliseconds without a further change before files are read: an editor writes in several steps."""

PAUSE = 1.0
"""Seconds between two looks whether the database answers again."""

LONGEST_WAIT = 400
"""Milliseconds after which changes that never pause are read all the same."""


class Publication:
    """A folder and the database that holds it; bytes of assets go below `data`."""

    def __init__(self, folder: Path, data: Path, database: Database, screen: Screen) -> None:
        self._folder = folder
        self._data = data
        self._database = database
        self._screen = screen
        self._model = default_model()
        self._policies = Policies(self._model)
        self._is_prepared = False
        self._saved: asyncio.Queue[bool] = asyncio.Queue()

    async def prepare(self) -> bool:
        """Make the database hold the model and the policies of content.py; tell whether they, or what it
        computes, may be others than before.

        Raises ModelError, with nothing touched.
        """
        loaded = load_model(self._folder)
        policies = compile_policies(loaded.model, loaded.declarations)
        for addition in await apply_model(self._database, loaded.model, policies.to_json()):
            log.info("model.added", what=addition)
        loaded.write_lock()
        # What the functions of computed fields do is in no digest: only a new process runs what was saved.
        is_same = (self._model.digest, self._policies) == (loaded.model.digest, policies)
        is_other = self._is_prepared and (not is_same or bool(loaded.functions))
        self._model, self._policies, self._is_prepared = loaded.model, policies, True
        return is_other

    async def is_empty(self) -> bool:
        """Whether nothing was ever published here."""
        rows = await self._database.drafts.fetch("SELECT number FROM live._generation")
        return int(rows[0]["number"]) == 0

    async def bring_in(self) -> Outcome:
        """Import the folder: what is unchanged is skipped, what is broken is reported and stays as it was."""
        report = await import_folder(
            self._database, self._model, self._folder, data=self._data, progress=self._screen.progress
        )
        rows = await self._database.drafts.fetch(
            "SELECT count(*) AS number FROM masthead.entry WHERE published IS NOT NULL AND NOT is_derived"
        )
        return Outcome(int(rows[0]["number"]), tuple(map(str, report.problems)))

    async def owner_link(self, address: str) -> str | None:
        """The link that makes the owner; None once there is an account."""
        return await owner_link(self._database, address)

    async def watch(self, on_new_model: Callable[[], Awaitable[None]]) -> None:
        """Bring in what was saved since the publication was opened, until cancelled.

        A mistake is told and changes nothing.
        """
        while True:
            is_model_touched = await self._saved.get()
            try:
                if is_model_touched and await self.prepare():
                    await on_new_model()
                self._screen.brought_in(await self.bring_in())
            except MastheadError as error:
                self._screen.refused(error)
            except Exception:  # the driver's, when PostgreSQL is being started again: nothing is lost by it
                log.exception("import.failed")
                await self._database_is_back()
                self._saved.put_nowait(is_model_touched)

    async def _database_is_back(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            with suppress(Exception):  # whatever a broken connection raises
                if await self._database.is_alive():
                    return

    async def notice(self) -> None:
        """Note what is saved, until cancelled. It begins before the first import: nothing falls between."""
        is_source = partial(_is_source, self._folder, self._data)
        async for changes in awatch(
            self._folder,
            watch_filter=is_source,
            debounce=LONGEST_WAIT,
            step=QUIET,
            ignore_permission_denied=True,
        ):
            self._saved.put_nowait(any(Path(path).name == MODEL_FILE for _, path in changes))


@asynccontextmanager
async def open_publication(folder: Path, data: Path, url: str, screen: Screen) -> AsyncIterator[Publication]:
    """The publication in `folder`, with its database at `url` open."""
    async with open_database(url) as database:
        publication = Publication(folder, data, database, screen)
        noticing = asyncio.create_task(publication.notice())
        try:
            await asyncio.sleep(0)  # the watch is set up when the task first runs
            yield publication
        finally:
            noticing.cancel()
            with suppress(asyncio.CancelledError):
                await noticing


_NOT_CONTENT = frozenset({"node_modules", "__pycache__", LOCK_FILE})


def _is_source(folder: Path, data: Path, _: Change, path: str) -> bool:
    """Whether an author writes there: not we ourselves, nothing hidden, no editor's backup."""
    if Path(path).is_relative_to(data):
        return False
    parts = Path(path).relative_to(folder).parts
    return bool(parts) and not any(
        part.startswith(".") or part.endswith("~") or part in _NOT_CONTENT for part in parts
    )
