"""`masthead schema`: the GraphQL schema, for clients' tools and for reviews."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter


def schema(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    stage: Literal["live", "draft"] = "live",
) -> None:
    """Print the GraphQL schema. Needs no database.

    Parameters
    ----------
    folder
        The publication, for its content.py; without one the default model is taken.
    stage
        The public schema, or that of drafts, where what publishing requires may be missing.
    """
    from masthead.graphql import sdl
    from masthead.kernel import NotFoundError
    from masthead.model import load_model

    if not folder.is_dir():
        raise NotFoundError("folder-missing", f"There is no folder {folder}.", "Name one that exists.")
    print(sdl(load_model(folder).model, stage), end="")
