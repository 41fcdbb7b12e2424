"""`masthead preview`: a link by which somebody without an account sees what is not public."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from cyclopts import Parameter

if TYPE_CHECKING:
    from masthead.content.previews import Subject
    from masthead.kernel.settings import Settings
    from masthead.model import ContentModel
    from masthead.store import Database


def preview(
    entry: Annotated[str, Parameter(name="ENTRY")],
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    revision: int | None = None,
    release: Annotated[bool, Parameter(negative=())] = False,
    days: int | None = None,
    data: Path | None = None,
) -> None:
    """Print a link that shows a draft or a release to whoever has it.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what is asked for is not there.

    Parameters
    ----------
    entry
        Its id, or its address, such as /posts/hello.
    folder
        The publication.
    revision
        The number of a revision that the link stays with; else it shows the newest, whatever comes.
    release
        ENTRY is the id of a release, which the link shows as a whole.
    days
        How long the link works (MASTHEAD_PREVIEW_DAYS).
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import InputError
    from masthead.kernel.settings import read_settings

    asked = _Asked(entry, revision, days, is_release=release)
    try:
        print(asyncio.run(asked.run(folder, read_settings(data=data))))
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)


@dataclass(frozen=True, slots=True)
class _Asked:
    entry: str
    revision: int | None
    days: int | None
    is_release: bool

    async def run(self, folder: Path, settings: "Settings") -> str:
        """The link."""
        from masthead.cli.opening import open_publication
        from masthead.content import require_folder
        from masthead.content.commands import Actor
        from masthead.content.previews import Previews
        from masthead.kernel import NotFoundError
        from masthead.store import read_applied_model

        require_folder(folder)
        async with open_publication(folder, settings, leaves_no_trace=True) as opened:
            model = await read_applied_model(opened.database)
            if model is None:
                raise NotFoundError(
                    "nothing-imported", f"Nothing was imported from {folder} yet.", "`masthead import` does."
                )
            previews = Previews(
                opened.database,
                model,
                lasts=timedelta(days=settings.preview_days),
                longest=timedelta(days=settings.preview_longest),
            )
            lasts = None if self.days is None else timedelta(days=self.days)
            subject = await self._subject(opened.database, model)
            link = await previews.create(subject, Actor.platform("cli"), lasts)
        return f"{_origin(settings)}/-/preview/{link.token}"

    async def _subject(self, database: "Database", model: "ContentModel") -> "Subject":
        from masthead.content.history import find_entry
        from masthead.content.previews import OfLatest, OfRelease, OfRevision

        if self.is_release:
            return OfRelease(_id(self.entry))
        entry = await find_entry(database.drafts, model, self.entry)
        if self.revision is None:
            return OfLatest(entry)
        return OfRevision(entry, await _numbered(database, entry, self.revision))


async def _numbered(database: "Database", entry: UUID, number: int) -> UUID:
    from masthead.kernel import NotFoundError

    rows = await database.drafts.fetch(
        "SELECT id FROM masthead.revision WHERE entry_id = $1 AND number = $2", entry, number
    )
    if not rows:
        raise NotFoundError(
            "revision-missing", f"The entry has no revision {number}.", "`masthead history` lists them."
        )
    return UUID(int=rows[0]["id"].int)


def _id(text: str) -> UUID:
    from masthead.kernel import InputError

    try:
        return UUID(text)
    except ValueError as error:
        raise InputError("id-invalid", f'"{text}" is not an id.', "Pass the id of a release.") from error


def _origin(settings: "Settings") -> str:
    """Where readers find the site, as far as the settings say."""
    stated = settings.origins.split(",")[0].strip().rstrip("/")
    return stated or f"http://{settings.host}:{settings.port}"
