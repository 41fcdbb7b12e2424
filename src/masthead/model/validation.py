"""Whether an entry's values may be published: Pydantic validators derived from the ContentModel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    create_model,
)

from masthead.model import content_model, kinds

_Date = TypeVar("_Date", bound=date)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value: the field's path ("tags.2") and a sentence."""

    path: str
    message: str


class Validator:
    """Checks the values of one content type; built once, used for every entry."""

    def __init__(self, content_type: content_model.ContentType) -> None:
        fields: dict[str, Any] = {field.name: _definition(field) for field in content_type.fields}
        self._model: type[BaseModel] = create_model(
            content_type.name, __config__=ConfigDict(extra="forbid", allow_inf_nan=False), **fields
        )

    def problems(self, values: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
        """Everything wrong with `values` (JSON values by field name), all at once; empty when valid."""
        try:
            self._model.model_validate(values)
        except ValidationError as error:
            return tuple(
                FieldProblem(".".join(str(part) for part in each["loc"]), each["msg"])
                for each in error.errors(include_url=False)
            )
        return ()


def _definition(field: content_model.Field) -> tuple[Any, Any]:
    annotation = _annotation(field.kind)
    if field.is_nullable:
        return annotation | None, field.default
    return annotation, (... if field.is_required else field.default)


def _annotation(kind: kinds.Kind) -> Any:
    match kind:
        case kinds.Text():
            whole = f"^(?:{kind.pattern})$" if kind.pattern else None
            return Annotated[
                str, Field(min_length=kind.min_length, max_length=kind.max_length, pattern=whole)
            ]
        case kinds.Integer():
            return Annotated[
                int,
                Field(ge=_largest(kind.minimum, -(2**63)), le=_smallest(kind.maximum, 2**63 - 1)),
            ]
        case kinds.Float():
            return Annotated[float, Field(ge=kind.minimum, le=kind.maximum)]
        case kinds.Decimal():
            return Annotated[Decimal, Field(ge=_decimal(kind.minimum), le=_decimal(kind.maximum))]
        case kinds.Boolean():
            return bool
        case kinds.Date():
            return Annotated[date, AfterValidator(_storable)]
        case kinds.DateTime():
            return Annotated[AwareDatetime, AfterValidator(_storable)]
        case kinds.Enumeration():
            return Literal[kind.values]
        case kinds.Json():
            return JsonValue
        case kinds.Url():
            return Annotated[str, Field(pattern=r"^(https?://[^\s/]+\S*|/\S*)$")]
        case kinds.Slug():
            return Annotated[str, Field(min_length=1), AfterValidator(_addressable)]
        case kinds.Markdown():
            return str
        case kinds.Reference():
            return UUID
        case kinds.References():
            return list[UUID]
        case kinds.Scalars():
            return list[_annotation(kind.item)]  # type: ignore[misc]  # built at run time


def _addressable(slug: str) -> str:
    if slug != slug.strip("/") or any(part in ("", ".", "..") for part in slug.split("/")):
        raise ValueError("a slug has no empty, `.` or `..` segment and no slash at its ends")
    if any(character.isspace() or character in '?#%\\"<>' for character in slug):
        raise ValueError('a slug has no space and none of ? # % \\ " < >')
    return slug


def _storable(value: _Date) -> _Date:
    """The driver writes the very first and last day of Python's calendar as PostgreSQL's infinities."""
    if not 1 < value.year < 9999:
        raise ValueError("a date lies in the years 2 to 9998")
    return value


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _largest(bound: int | None, limit: int) -> int:
    return limit if bound is None else max(bound, limit)


def _smallest(bound: int | None, limit: int) -> int:
    return limit if bound is None else min(bound, limit)
