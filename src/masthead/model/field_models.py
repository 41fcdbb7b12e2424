"""Pydantic models of the fields of types and blocks, for what is published and for drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    PlainSerializer,
    ValidationError,
    create_model,
)

from masthead.model import content_model, kinds

_Date = TypeVar("_Date", bound=date)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value: the field's path ("tags.2", "sections.0.text") and a sentence.
    `is_missing` where there is no value and one is required, `is_unknown` where there is no such field."""

    path: str
    message: str
    is_missing: bool = False
    is_unknown: bool = False


BUILT: tuple[Any, Any] = (list, Annotated)
"""Types that are given their arguments at run time, which a type checker cannot follow."""


class BlockModels:
    """A Pydantic model for each block type; a block is an object with its type's name as `type`."""

    def __init__(self, model: content_model.ContentModel, *, is_draft: bool = False) -> None:
        self.is_draft = is_draft
        self._models = {
            each.name: field_model(
                each.name,
                {
                    "type": (Literal[each.name], ...),
                    **{field.name: definition(field, self) for field in each.fields},
                },
                is_strict=is_draft,
            )
            for each in model.blocks
        }

    def problems(self, error: ValidationError) -> Iterator[FieldProblem]:
        """What Pydantic found."""
        for each in error.errors(include_url=False):
            kind = each["type"]
            yield FieldProblem(
                self.path(each["loc"]), each["msg"], kind == "missing", kind == "extra_forbidden"
            )

    def annotation(self, kind: kinds.Blocks) -> Any:
        """A list of blocks of the kind's types."""
        listed, annotated = BUILT
        first, *others = (self._models[name] for name in kind.types)
        if not others:
            return listed[first]
        return listed[annotated[reduce(or_, others, first), Discriminator("type")]]

    def path(self, location: tuple[int | str, ...]) -> str:
        """The place of a problem without the name of the block's type, which Pydantic puts behind the
        number of a block that may be of several."""
        is_tagged = len(location) > 2 and isinstance(location[1], int) and location[2] in self._models
        return ".".join(str(part) for part in (location[:2] + location[3:] if is_tagged else location))


def field_model(name: str, fields: dict[str, Any], *, is_strict: bool = False) -> type[BaseModel]:
    config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=is_strict)
    return create_model(name, __config__=config, **fields)


def definition(field: content_model.Field, blocks: BlockModels) -> tuple[Any, Any]:
    if blocks.is_draft:
        if isinstance(field.kind, kinds.Blocks):
            return blocks.annotation(field.kind) | None, None
        return _draft_annotation(field.kind) | None, None
    annotation = (
        blocks.annotation(field.kind) if isinstance(field.kind, kinds.Blocks) else annotation_of(field.kind)
    )
    if field.is_nullable:
        return annotation | None, field.default
    return annotation, (... if field.is_required else field.default)


def annotation_of(kind: kinds.Kind) -> Any:
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
            return list[annotation_of(kind.item)]  # type: ignore[misc]  # built at run time
        case kinds.Blocks():
            raise AssertionError("a block holds no blocks")


def _draft_annotation(kind: kinds.Kind) -> Any:
    """What a column of the kind can hold; how long or large a value may be is asked when it is published."""
    match kind:
        case kinds.Text() | kinds.Url():
            return str
        case kinds.Integer():
            return annotation_of(kinds.Integer())
        case kinds.Float():
            return float
        case kinds.Decimal():
            return Decimal
        case kinds.DateTime():
            return Annotated[AwareDatetime, AfterValidator(_storable), PlainSerializer(_in_utc)]
        case kinds.Scalars(item=item):
            return list[_draft_annotation(item)]  # type: ignore[misc]  # built at run time
        case _:
            return annotation_of(kind)


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


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
