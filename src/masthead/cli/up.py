"""`masthead up`: a folder of Markdown becomes a running publication."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def up(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    port: int | None = None,
    data: Path | None = None,
) -> None:
    """Serve a folder of Markdown: site and APIs on one port, until Ctrl-C.

    Starts PostgreSQL (or uses DATABASE_URL), brings the folder in, and watches it: a saved file
    shows in the browser within a second.

    Parameters
    ----------
    folder
        The publication: Markdown files, and content.py and masthead.toml where there are any.
    port
        The public port (PORT, 8000); 0 takes any free one.
    data
        Where the embedded PostgreSQL and the assets lie (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import NotFoundError
    from masthead.kernel.settings import read_settings
    from masthead.roles import run_up

    settings = read_settings(port=port, data=data)
    if not folder.is_dir():
        raise NotFoundError(
            "folder-missing", f"There is no folder {folder}.", "Name one, or `masthead new DIR` makes one."
        )
    run_up(folder, settings)
