"""The JSON that actions take. Nothing is converted and nothing unknown is passed over."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Discriminator, Field, TypeAdapter, ValidationError

from masthead.content.commands import PublishingAction
from masthead.rest.problem import refuse

MOST = 500
"""Commands of a bulk, items of a release."""


class Arguments(BaseModel):
    """Called as the API does: `alongIds`."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )


Id = Annotated[UUID, Field(description="An id that this API gave.")]
Moment = Annotated[AwareDatetime, Field(description="With its offset, or Z.")]
Note = Annotated[str | None, Field(description="What history says of it.")]
Base = Annotated[UUID | None, Field(description="The head as you know it, instead of If-Match.")]
At = Annotated[UUID | None, Field(description="Null: what is the head then.")]


class Based(Arguments):
    """An action on an entry as it is."""

    base: Base = None


class PublishAt(Based):
    """What to publish, and what with it."""

    revision: Annotated[UUID | None, Field(description="Null: the head.")] = None
    along: Annotated[bool, Field(description="Publish whatever else is missing too.")] = False
    along_ids: Annotated[
        list[Id], Field(alias="alongIds", description="Of what is missing, publish these too.")
    ] = []


class ScheduleAt(Based):
    """What is to happen, and when."""

    action: PublishingAction
    at: Moment
    revision: At = None


class RestoreTo(Based):
    """Which revision comes back."""

    revision: Id
    note: Note = None


class Nothing(Arguments):
    """An action that takes nothing."""


class Item(Arguments):
    """One change of a release."""

    entry: Id
    action: PublishingAction = "publish"
    revision: At = None


class NewRelease(Arguments):
    """Changes to be published together."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    items: Annotated[list[Item], Field(max_length=MOST)] = []


class ChangedRelease(Arguments):
    """What changes of a release."""

    name: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    put: Annotated[list[Item], Field(max_length=MOST, description="To add, or in an entry's place.")] = []
    take: Annotated[list[Id], Field(max_length=MOST, description="Entries to take out.")] = []


class Due(Arguments):
    """When."""

    at: Moment


class _OfEntry(Arguments):
    entry: Id
    base: Id


class CreateOne(Arguments):
    """A new draft."""

    command: Literal["create"]
    type: Annotated[str, Field(description="The content type's name.")]
    fields: Annotated[dict[str, Any], Field(description="As in the body of POST.")]
    note: Note = None


class SaveOne(_OfEntry):
    """A new revision."""

    command: Literal["save"]
    fields: Annotated[dict[str, Any], Field(description="As in the body of PATCH.")]
    note: Note = None


class PublishOne(_OfEntry):
    """Make it public."""

    command: Literal["publish"]
    revision: Annotated[UUID | None, Field(description="Null: the head.")] = None
    along: bool = False
    along_ids: Annotated[list[Id], Field(alias="alongIds")] = []


class ScheduleOne(_OfEntry):
    """Publish or unpublish at a moment."""

    command: Literal["schedule"]
    action: PublishingAction
    at: Moment
    revision: At = None


class RestoreOne(_OfEntry):
    """Bring an older revision back."""

    command: Literal["restore"]
    revision: Id
    note: Note = None


class ChangeOne(_OfEntry):
    """Unpublish, archive, unarchive or delete."""

    command: Literal["unpublish", "archive", "unarchive", "delete"]


class DuplicateOne(Arguments):
    """Copy."""

    command: Literal["duplicate"]
    entry: Id


class UnscheduleOne(Arguments):
    """Cancel a schedule."""

    command: Literal["unschedule"]
    schedule: Id


One = Annotated[
    CreateOne | SaveOne | PublishOne | ScheduleOne | RestoreOne | ChangeOne | DuplicateOne | UnscheduleOne,
    Discriminator("command"),
]
Many = TypeAdapter(Annotated[list[One], Field(min_length=1, max_length=MOST)])

A = TypeVar("A", bound=Arguments)


def read_arguments(model: type[A], body: bytes) -> A:
    """The JSON of a body. Raises InputError, which names every place at fault."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise _invalid(error) from None


def read_bulk(body: bytes) -> list[Any]:
    """The commands of a bulk. Raises InputError."""
    try:
        return Many.validate_json(body)
    except ValidationError as error:
        raise _invalid(error) from None


def schema_of(model: type[Arguments]) -> Mapping[str, Any]:
    """The JSON Schema of what an action takes."""
    return model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")


def _invalid(error: ValidationError) -> Exception:
    problems = [
        (".".join(str(part) for part in each["loc"]), each["msg"].removeprefix("Value error, "))
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    told = "; ".join(f"`{path or 'body'}`: {message}" for path, message in problems[:20])
    return refuse(
        "body-invalid",
        f"The body is wrong: {told}.",
        "Mend every place that is named; the OpenAPI document has the schema.",
        problems[0][0] or None,
    )
