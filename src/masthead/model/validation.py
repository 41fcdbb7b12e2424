"""Whether an entry's values may be published: Pydantic validators derived from the ContentModel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
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
    TypeAdapter,
    ValidationError,
    create_model,
)

from masthead.model import content_model, kinds

_Date = TypeVar("_Date", bound=date)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value: the field's path ("tags.2", "sections.0.text") and a sentence.
    `is_missing` where there is no value and one is required."""

    path: str
    message: str
    is_missing: bool = False


class Validator:
    """Checks the values of one content type; built once, used for every entry."""

    def __init__(self, content_type: content_model.ContentType, model: content_model.ContentModel) -> None:
        self._blocks = _Blocks(model)
        fields = {field.name: _definition(field, self._blocks) for field in content_type.fields}
        self._model = _model(content_type.name, fields)

    def problems(self, values: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
        """Everything wrong with `values` (JSON values by field name), all at once; empty when valid."""
        try:
            self._model.model_validate(values)
        except ValidationError as error:
            return tuple(
                FieldProblem(self._blocks.path(each["loc"]), each["msg"], each["type"] == "missing")
                for each in error.errors(include_url=False)
            )
        return ()


def value_check(kind: kinds.Computed, *, is_nullable: bool) -> Callable[[Any], Any]:
    """A function that gives back a Python value of `kind` as it is, without conversions; a member of an
    enum becomes its value. It raises ValueError for anything else."""
    annotation = _computed_annotation(kind)
    config = ConfigDict(strict=True, allow_inf_nan=False)
    adapter: TypeAdapter[Any] = TypeAdapter(annotation | None if is_nullable else annotation, config=config)
    if isinstance(kind.item if isinstance(kind, kinds.Scalars) else kind, kinds.Enumeration):
        return lambda value: adapter.validate_python(_plain(value))
    return adapter.validate_python


def _computed_annotation(kind: kinds.Computed) -> Any:
    """Like a stored field's, but any date will do: what is not stored need not fit the driver."""
    listed, _ = _BUILT
    match kind:
        case kinds.Date():
            return date
        case kinds.DateTime():
            return AwareDatetime
        case kinds.Scalars(item=item):
            return listed[_computed_annotation(item)]
        case _:
            return _annotation(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value


_BUILT: tuple[Any, Any] = (list, Annotated)
"""Types that are given their arguments at run time, which a type checker cannot follow."""


class _Blocks:
    """A Pydantic model for each block type; a block is an object with its type's name as `type`."""

    def __init__(self, model: content_model.ContentModel) -> None:
        self._models = {
            each.name: _model(
                each.name,
                {
                    "type": (Literal[each.name], ...),
                    **{field.name: _definition(field, self) for field in each.fields},
                },
            )
            for each in model.blocks
        }

    def annotation(self, kind: kinds.Blocks) -> Any:
        """A list of blocks of the kind's types."""
        listed, annotated = _BUILT
        first, *others = (self._models[name] for name in kind.types)
        if not others:
            return listed[first]
        return listed[annotated[reduce(or_, others, first), Discriminator("type")]]

    def path(self, location: tuple[int | str, ...]) -> str:
        """The place of a problem without the name of the block's type, which Pydantic puts behind the
        number of a block that may be of several."""
        is_tagged = len(location) > 2 and isinstance(location[1], int) and location[2] in self._models
        return ".".join(str(part) for part in (location[:2] + location[3:] if is_tagged else location))


def _model(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    return create_model(name, __config__=ConfigDict(extra="forbid", allow_inf_nan=False), **fields)


def _definition(field: content_model.Field, blocks: _Blocks) -> tuple[Any, Any]:
    annotation = (
        blocks.annotation(field.kind) if isinstance(field.kind, kinds.Blocks) else _annotation(field.kind)
    )
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
        case kinds.Blocks():
            raise AssertionError("a block holds no blocks")


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
