"""The publication that is up: its model applied, its files brought in, and again whenever one is saved."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from watchfiles import Change, DefaultFilter, awatch

from masthead.content import import_folder
from masthead.kernel import MastheadError
from masthead.model import LOCK_FILE, MODEL_FILE, default_model, load_model
from masthead.roles.supervisor.screen import Outcome, Screen
from masthead.store import Database, apply_model, open_database

log = structlog.get_logger("masthead.up")

QUIET = 50
"""Milliseconds without a further change before files are read: an editor writes in several steps."""

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
        self._is_prepared = False

    async def prepare(self) -> bool:
        """Make the database hold the model of content.py; tell whether the model is another than before.

        Raises ModelError, with nothing touched.
        """
        loaded = load_model(self._folder)
        for addition in await apply_model(self._database, loaded.model):
            log.info("model.added", what=addition)
        loaded.write_lock()
        is_other = self._is_prepared and self._model.digest != loaded.model.digest
        self._model, self._is_prepared = loaded.model, True
        return is_other

    async def bring_in(self) -> Outcome:
        """Import the folder: what is unchanged is skipped, what is broken is reported and stays as it was."""
        report = await import_folder(
            self._database, self._model, self._folder, data=self._data, progress=self._screen.progress
        )
        rows = await self._database.drafts.fetch(
            "SELECT count(*) AS number FROM masthead.entry WHERE published IS NOT NULL AND NOT is_derived"
        )
        return Outcome(int(rows[0]["number"]), tuple(map(str, report.problems)))

    async def watch(self, on_new_model: Callable[[], Awaitable[None]]) -> None:
        """Bring in what is saved, until cancelled. A mistake is told and changes nothing."""
        async for changes in awatch(
            self._folder, watch_filter=_Sources(), debounce=LONGEST_WAIT, step=QUIET, rust_timeout=1000
        ):
            try:
                if _touch_model(changes) and await self.prepare():
                    await on_new_model()
                self._screen.brought_in(await self.bring_in())
            except MastheadError as error:
                self._screen.refused(error)


@asynccontextmanager
async def open_publication(folder: Path, data: Path, url: str, screen: Screen) -> AsyncIterator[Publication]:
    """The publication in `folder`, with its database at `url` open."""
    async with open_database(url) as database:
        yield Publication(folder, data, database, screen)


class _Sources(DefaultFilter):
    """What an author writes: not what we write ourselves, and nothing hidden."""

    def __call__(self, change: Change, path: str) -> bool:
        is_hidden = any(part.startswith(".") and part not in (".", "..") for part in Path(path).parts)
        return not is_hidden and Path(path).name != LOCK_FILE and super().__call__(change, path)


def _touch_model(changes: Iterable[tuple[Change, str]]) -> bool:
    return any(Path(path).name == MODEL_FILE for _, path in changes)
