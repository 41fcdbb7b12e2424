"""`masthead history`: what became of an entry, and removing what a policy does not keep."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from json import dumps as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from masthead.kernel.settings import Settings

if TYPE_CHECKING:
    from uuid import UUID

    from masthead.content.history import History
    from masthead.model import ContentModel
    from masthead.store import Database

history = App(name="history", help="Show an entry's revisions, and what differs between two of them.")


@history.default
def show(
    entry: Annotated[str, Parameter(name="ENTRY")],
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    diff: str | None = None,
    size: int = 50,
    json: Annotated[bool, Parameter(negative=())] = False,
    data: Path | None = None,
) -> None:
    """Show an entry's revisions, and what differs between two of them.

    Exit status: 0 done, 1 failed, 2 the folder cannot be used, or what is asked for is not there.

    Parameters
    ----------
    entry
        Its id, or its address, such as /posts/hello.
    folder
        The publication.
    diff
        Two revisions by number, as 3..5; 3.. compares with the newest, 5 with the one before it.
    size
        How many revisions to list, the newest first.
    json
        JSON, as the APIs show it.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel.settings import read_settings

    asked = _Asked(entry, diff, size, is_json=json)
    _exit_on_wrong_input(asked.run, folder, read_settings(data=data))


@history.command
def prune(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    keep: str | None = None,
    data: Path | None = None,
) -> None:
    """Remove the revisions that MASTHEAD_KEEP_REVISIONS does not keep.

    An entry's first revision, its head, what is public and what releases, previews and schedules name stay
    in any case, and so does everything younger than a day.

    Parameters
    ----------
    folder
        The publication.
    keep
        all, a number of the newest revisions (50), those younger than some days (90d), or both (50,90d).
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel.settings import read_settings

    _exit_on_wrong_input(_prune, folder, read_settings(data=data, keep_revisions=keep))


@dataclass(frozen=True, slots=True)
class _Asked:
    entry: str
    diff: str | None
    size: int
    is_json: bool

    async def run(self, folder: Path, settings: Settings) -> None:
        """Read, and print."""
        from masthead.content.history import History, find_entry

        async with _opened(folder, settings) as (database, model):
            entry = await find_entry(database.drafts, model, self.entry)
            read = History(database, model)
            if self.diff is not None:
                await self._print_diff(read, entry, self.diff)
            else:
                await self._print_list(read, entry)

    async def _print_list(self, read: "History", entry: "UUID") -> None:
        from masthead.cli.history_text import lines_of_page

        page = await read.list(entry, size=self.size)
        self._print(page, lines_of_page(page))

    async def _print_diff(self, read: "History", entry: "UUID", diff: str) -> None:
        from masthead.cli.history_text import lines_of_diff

        before, after = await _numbers(read, entry, diff)
        found = await read.diff(entry, before, after)
        self._print(found, lines_of_diff(found, is_coloured=sys.stdout.isatty()))

    def _print(self, found: Any, lines: Iterable[str]) -> None:
        if self.is_json:
            print(json_text(found.to_json(), indent=2, ensure_ascii=False))
        else:
            print("\n".join(lines))


async def _numbers(read: "History", entry: "UUID", text: str) -> tuple[int, int]:
    """The two numbers that `--diff` says. Raises InputError."""
    from masthead.kernel import InputError

    found = re.fullmatch(r"(\d{1,9})(?:(\.\.)(\d{1,9})?)?", text.strip())
    if found is None:
        raise InputError(
            "revisions-unreadable",
            f'--diff is "{text}", which names no two revisions.',
            "Write two numbers of the list, as 3..5; 3.. for the newest; 5 for the one before it.",
        )
    first, dots, second = found[1], found[2], found[3]
    if dots is None:
        earlier = await read.list(entry, before=int(first), size=1)
        number = earlier.revisions[0].number if earlier.revisions else int(first)
        return number, int(first)
    if second is None:
        newest = await read.list(entry, size=1)
        return int(first), newest.revisions[0].number
    return int(first), int(second)


@asynccontextmanager
async def _opened(folder: Path, settings: Settings) -> AsyncIterator[tuple["Database", "ContentModel"]]:
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


def _exit_on_wrong_input(run: Any, folder: Path, settings: Settings) -> None:
    from masthead.kernel import InputError

    try:
        asyncio.run(run(folder, settings))
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)


async def _prune(folder: Path, settings: Settings) -> None:
    from masthead.content.history import prune as prune_some
    from masthead.content.history import read_retention
    from masthead.kernel import utc_now

    policy = read_retention(settings.keep_revisions)
    if policy.keeps_all:
        print("Every revision is kept: MASTHEAD_KEEP_REVISIONS or --keep say otherwise.")
        return
    removed = 0
    async with _opened(folder, settings) as (database, _):
        while some := await prune_some(database, policy, utc_now()):
            removed += some
    print(f"{removed:,} revision{'' if removed == 1 else 's'} removed.")
