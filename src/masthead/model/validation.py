"""Whether an entry's values may be published: Pydantic validators derived from the ContentModel."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic_core import to_json

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
            return tuple(self._blocks.problems(error))
        return ()


class DraftValidator:
    """Reads the values of drafts of one content type. Nothing is required, and text may be of any length
    and shape: an editor saves what is half written. What cannot be stored as its field's kind is refused,
    without conversions: "1" is no number."""

    def __init__(self, content_type: content_model.ContentType, model: content_model.ContentModel) -> None:
        self._blocks = _Blocks(model, is_draft=True)
        fields = {field.name: _definition(field, self._blocks) for field in content_type.fields}
        self._model = _model(content_type.name, fields, is_strict=True)

    def read(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
        """The values as they are stored (moments in UTC, decimals as text, nothing for null in a block), and
        what is wrong with the others. `values` must be what JSON can hold."""
        try:
            # As JSON: strict, and yet a text may be a date or an id.
            found = self._model.model_validate_json(to_json(values))
        except ValidationError as error:
            problems = tuple(self._blocks.problems(error))
            wrong = {str(each["loc"][0]) for each in error.errors(include_url=False) if each["loc"]}
            sound, _ = self.read({name: each for name, each in values.items() if name not in wrong})
            return sound, problems
        return found.model_dump(mode="json", exclude_unset=True), ()


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

    def __init__(self, model: content_model.ContentModel, *, is_draft: bool = False) -> None:
        self.is_draft = is_draft
        self._models = {
            each.name: _model(
                each.name,
                {
                    "type": (Literal[each.name], ...),
                    **{field.name: _definition(field, self) for field in each.fields},
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


def _model(name: str, fields: dict[str, Any], *, is_strict: bool = False) -> type[BaseModel]:
    config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=is_strict)
    return create_model(name, __config__=config, **fields)


def _definition(field: content_model.Field, blocks: _Blocks) -> tuple[Any, Any]:
    if blocks.is_draft:
        if isinstance(field.kind, kinds.Blocks):
            return blocks.annotation(field.kind) | None, None
        return _draft_annotation(field.kind) | None, None
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


def _draft_annotation(kind: kinds.Kind) -> Any:
    """What a column of the kind can hold; how long or large a value may be is asked when it is published."""
    match kind:
        case kinds.Text() | kinds.Url():
            return str
        case kinds.Integer():
            return _annotation(kinds.Integer())
        case kinds.Float():
            return float
        case kinds.Decimal():
            return Decimal
        case kinds.DateTime():
            return Annotated[AwareDatetime, AfterValidator(_storable), PlainSerializer(_in_utc)]
        case kinds.Scalars(item=item):
            return list[_draft_annotation(item)]  # type: ignore[misc]  # built at run time
        case _:
            return _annotation(kind)


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
