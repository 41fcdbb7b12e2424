"""`masthead schema`: the schema of GraphQL, of REST (OpenAPI) or of events, for tools and for reviews."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from masthead.model import ContentModel, LoadedModel


def schema(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    stage: Literal["live", "draft"] = "live",
    openapi: Annotated[bool, Parameter(negative=())] = False,
    events: Annotated[bool, Parameter(negative=())] = False,
    against: Path | None = None,
) -> None:
    """Print the GraphQL schema, the OpenAPI document of REST or the schemas of events. Needs no database.

    Parameters
    ----------
    folder
        The publication, for its content.py; without one the default model is taken.
    stage
        The public schema, or that of drafts, where what publishing requires may be missing.
    openapi
        The OpenAPI document of REST, which shows what is public, instead of the GraphQL schema.
    events
        The JSON Schemas of events, by type, instead of the GraphQL schema.
    against
        A file of earlier schemas of events: instead of printing, fail where their consumers would miss
        something in events of today.
    """
    from masthead.kernel import InputError, NotFoundError
    from masthead.model import load_model

    if not folder.is_dir():
        raise NotFoundError("folder-missing", f"There is no folder {folder}.", "Name one that exists.")
    if stage == "draft" and (openapi or events):
        raise InputError(
            "stage-unknown", "REST shows no drafts, and events have no stage.", "Leave --stage out."
        )
    loaded = load_model(folder)
    if events or against is not None:
        _events(loaded.model, against)
    else:
        _apis(loaded, stage, is_openapi=openapi)


def _apis(loaded: "LoadedModel", stage: Literal["live", "draft"], *, is_openapi: bool) -> None:
    from masthead.access import compile_policies, shown_model
    from masthead.graphql import sdl
    from masthead.rest import openapi_json

    policies = compile_policies(loaded.model, loaded.declarations)
    model = shown_model(loaded.model, policies, stage)
    print(openapi_json(model, is_indented=True).decode() if is_openapi else sdl(model, stage), end="")


def _events(model: "ContentModel", against: Path | None) -> None:
    from masthead.events import event_schemas, incompatible
    from masthead.kernel import ModelError

    schemas = event_schemas(model)
    if against is None:
        print(json.dumps(schemas, indent=2))
        return
    if broken := incompatible(_read(against), schemas):
        raise ModelError(
            "events-incompatible",
            f"Consumers of the events in {against} would miss something: " + " ".join(broken),
            "Give what changed a type of its own, with the next version, and go on sending the old one.",
        )
    print(f"Consumers of the events in {against} understand those of today.")


def _read(file: Path) -> dict[str, Any]:
    from masthead.kernel import InputError

    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{file} cannot be read as JSON: {error}."
        remedy = "Name a file that `masthead schema --events` has written."
        raise InputError("events-unreadable", message, remedy) from error
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise InputError("events-unreadable", f"{file} has no schemas of events.", "Name one that has.")
    return found
