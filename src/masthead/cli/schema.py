"""`masthead schema`: the GraphQL schema or the OpenAPI document, for clients' tools and for reviews."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter


def schema(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    stage: Literal["live", "draft"] = "live",
    openapi: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Print the GraphQL schema, or the OpenAPI document of REST. Needs no database.

    Parameters
    ----------
    folder
        The publication, for its content.py; without one the default model is taken.
    stage
        The public schema, or that of drafts, where what publishing requires may be missing.
    openapi
        The OpenAPI document of REST, which shows what is public, instead of the GraphQL schema.
    """
    from masthead.access import compile_policies, shown_model
    from masthead.graphql import sdl
    from masthead.kernel import InputError, NotFoundError
    from masthead.model import load_model
    from masthead.rest import openapi_json

    if not folder.is_dir():
        raise NotFoundError("folder-missing", f"There is no folder {folder}.", "Name one that exists.")
    if openapi and stage == "draft":
        raise InputError("stage-unknown", "REST shows no drafts.", "Leave --stage or --openapi out.")
    loaded = load_model(folder)
    policies = compile_policies(loaded.model, loaded.declarations)
    model = shown_model(loaded.model, policies, stage)
    print(openapi_json(model, is_indented=True).decode() if openapi else sdl(model, stage), end="")
