"""`masthead new`: the files of a publication of one's own."""

import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def new(folder: Annotated[Path, Parameter(name="DIR", negative=())], /) -> None:
    """Start a publication of your own.

    Writes a commented content.py with its content.lock, settings, a page and a first post. Exit
    status: 0 done, 2 the folder is in use.

    Parameters
    ----------
    folder
        A folder that is empty or not there yet.
    """
    from masthead.kernel import InputError

    try:
        written = start_publication(folder)
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    for path in written:
        print(f"  {path}")
    print(f"\nNext: masthead up {folder}")


def start_publication(folder: Path) -> list[Path]:
    """Write the files; return their paths. Raises InputError when the folder has something in it."""
    from masthead.kernel import InputError, utc_now
    from masthead.model import load_model

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "folder-in-use", f"{folder} is there and not empty.", "Name a new folder, or an empty one."
        )
    with as_file(files("masthead.cli") / "starter") as starter:
        sources = sorted(path for path in starter.rglob("*") if path.suffix in (".py", ".toml", ".md"))
        for source in sources:
            target = folder / source.relative_to(starter)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text("utf-8").replace("{today}", utc_now().date().isoformat())
            target.write_text(text, "utf-8")
        written = [folder / source.relative_to(starter) for source in sources]
    loaded = load_model(folder)
    loaded.write_lock()
    return [*written, *([loaded.lock_path] if loaded.lock_path else [])]
