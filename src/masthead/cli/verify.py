"""`masthead verify`: are the tables what the revisions say?"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from masthead.kernel.settings import Settings


def verify(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Recompute what is public from the revisions, and compare.

    Prints every difference. Exit status: 0 none, 1 differences, 2 the folder cannot be used.

    Parameters
    ----------
    folder
        The publication whose database is verified.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import InputError
    from masthead.kernel.settings import read_settings

    try:
        differences = asyncio.run(_run(folder, read_settings(data=data)))
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    sys.exit(1 if differences else 0)


async def _run(folder: Path, settings: Settings) -> int:
    from masthead.cli.opening import open_publication
    from masthead.content import require_folder, verify
    from masthead.kernel import NotFoundError
    from masthead.store import read_applied_model

    require_folder(folder)
    async with open_publication(folder, settings, leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            raise NotFoundError(
                "nothing-imported", f"Nothing was imported from {folder} yet.", "`masthead import` does."
            )
        differences = 0
        async for difference in verify(opened.database, model):
            differences += 1
            print(difference)
    plural = "" if differences == 1 else "s"
    sound = "Both projections are what the revisions say."
    print(f"{differences:,} difference{plural}." if differences else sound)
    return differences
