"""One annotation becomes a kind: the whole table of what content.py may write after a colon."""

import enum
import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen

from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.block_list import UnsupportedAnnotationError, blocks_in
from masthead.model.searching import SEARCHABLE, WEIGHTS, Weight

SUPPORTED = (
    "str, int, float, Decimal, bool, date, datetime, an Enum of strings, Json, Url, Slug, Markdown, "
    "Ref[Type], list[Ref[Type]], list of a scalar, `| None` of each, and list[Block | Block]"
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an annotation says, before its names are checked against the other classes. `blocks` are the
    classes that a list of blocks names."""

    kind: kinds.Kind
    is_nullable: bool
    description: str
    search: Weight | None = None
    deprecation: str | None = None
    blocks: tuple[type[declared.Block], ...] = ()


def read_annotation(annotation: Any, default: object) -> Annotation:
    """The kind of `annotation`; `default` is the class attribute, which a slug's source is read from.

    Raises UnsupportedAnnotationError.
    """
    bare, metadata, is_nullable = _unwrap(annotation)
    unread = [item for item in metadata if not isinstance(item, _REMARKS)]
    blocks = blocks_in(bare)
    if blocks and is_nullable:
        raise UnsupportedAnnotationError("a list of blocks is empty rather than None")
    if blocks:
        _refuse(unread)
        kind: kinds.Kind = kinds.Blocks(types=tuple(each.__name__ for each in blocks))
    else:
        kind = _kind(bare, unread, default)
    docs = [item.text for item in metadata if isinstance(item, declared.Doc)]
    return Annotation(
        kind, is_nullable, " ".join(docs), _search(kind, metadata), _deprecation(metadata), blocks
    )


_REMARKS = (declared.Doc, declared.Search, declared.Deprecated)


def _deprecation(metadata: Sequence[Any]) -> str | None:
    reasons = [item.reason for item in metadata if isinstance(item, declared.Deprecated)]
    if any(not isinstance(reason, str) or not reason.strip() for reason in reasons):
        raise UnsupportedAnnotationError('Deprecated says what to use instead: Deprecated("Use `summary`.")')
    return " ".join(reasons) or None


def _search(kind: kinds.Kind, metadata: Sequence[Any]) -> Weight | None:
    weights = [item.weight for item in metadata if isinstance(item, declared.Search)]
    if not weights:
        return None
    if not isinstance(kind, SEARCHABLE):
        raise UnsupportedAnnotationError("Search covers text and Markdown fields only")
    if len(weights) > 1 or weights[0] not in WEIGHTS:
        raise UnsupportedAnnotationError(f"Search takes one weight of {', '.join(WEIGHTS)}, not {weights!r}")
    return weights[0]


def _unwrap(annotation: Any) -> tuple[Any, list[Any], bool]:
    metadata: list[Any] = []
    is_nullable = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += more
        elif origin in (typing.Union, types.UnionType):
            inner = [arg for arg in get_args(annotation) if arg is not types.NoneType]
            if len(inner) != 1 or len(inner) == len(get_args(annotation)):
                raise UnsupportedAnnotationError("a union of several types is not a field")
            annotation, is_nullable = inner[0], True
        else:
            return annotation, metadata, is_nullable


def _kind(bare: Any, constraints: Sequence[Any], default: object) -> kinds.Kind:
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is list:
        return _list_kind(arguments, constraints)
    if origin is declared.Ref:
        _refuse(constraints)
        return kinds.Reference(target=_target(arguments))
    if bare is declared.Slug:
        _refuse(constraints)
        if not isinstance(default, declared.SlugSource):
            raise UnsupportedAnnotationError('a slug needs its source: `slug: Slug = slug("title")`')
        return kinds.Slug(source=default.field)
    if bare is declared.Markdown:
        _refuse(constraints)
        return kinds.Markdown()
    if bare is declared.Json:
        _refuse(constraints)
        return kinds.Json()
    return _scalar_kind(bare, constraints)


def _list_kind(arguments: tuple[Any, ...], constraints: Sequence[Any]) -> kinds.Kind:
    if len(arguments) != 1:
        raise UnsupportedAnnotationError("a list names the type of its items")
    item, metadata, is_nullable = _unwrap(arguments[0])
    if is_nullable:
        raise UnsupportedAnnotationError("the items of a list cannot be None")
    _refuse(constraints)
    if get_origin(item) is declared.Ref:
        _refuse(metadata)
        return kinds.References(target=_target(get_args(item)))
    return kinds.Scalars(item=_scalar_kind(item, metadata))


def _target(arguments: tuple[Any, ...]) -> str:
    (target,) = arguments
    if isinstance(target, type) and issubclass(target, declared.Entry):
        return target.__name__
    raise UnsupportedAnnotationError(f"Ref[…] takes a content type, not {_spell(target)}")


def _scalar_kind(bare: Any, constraints: Sequence[Any]) -> kinds.Scalar:
    if isinstance(bare, type) and issubclass(bare, declared.Block):
        raise UnsupportedAnnotationError(f"a block stands in a list: list[{bare.__name__}]")
    if isinstance(bare, type) and issubclass(bare, enum.Enum):
        _refuse(constraints)
        return _enumeration(bare)
    limits = _Limits.read(constraints)
    simple: dict[Any, kinds.Scalar] = {
        bool: kinds.Boolean(),
        datetime: kinds.DateTime(),
        date: kinds.Date(),
        declared.Url: kinds.Url(),
    }
    if bare in simple:
        _refuse(constraints)
        return simple[bare]
    if bare is str:
        return limits.text()
    if bare is int:
        return kinds.Integer(**limits.bounds(int))
    if bare is float:
        return kinds.Float(**limits.bounds(float))
    if bare is Decimal:
        return kinds.Decimal(**limits.bounds(str))
    raise UnsupportedAnnotationError(f"{_spell(bare)} is not a kind of field")


def _enumeration(declared_enum: type[enum.Enum]) -> kinds.Enumeration:
    values = tuple(member.value for member in declared_enum)
    if not values or not all(isinstance(value, str) for value in values):
        raise UnsupportedAnnotationError(f"the values of the enum {declared_enum.__name__} must be strings")
    return kinds.Enumeration(name=declared_enum.__name__, values=values)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The constraints beside a scalar, by what they limit."""

    lengths: dict[str, int]
    ends: dict[str, Any]
    pattern: str | None

    @classmethod
    def read(cls, constraints: Sequence[Any]) -> "_Limits":
        lengths: dict[str, int] = {}
        ends: dict[str, Any] = {}
        pattern = None
        for constraint in constraints:
            match constraint:
                case MinLen(length):
                    lengths["min_length"] = length
                case MaxLen(length):
                    lengths["max_length"] = length
                case Ge(end):
                    ends["minimum"] = end
                case Le(end):
                    ends["maximum"] = end
                case declared.Pattern(expression):
                    pattern = expression
                case _:
                    raise UnsupportedAnnotationError(f"{constraint!r} is not a constraint of a field")
        return cls(lengths, ends, pattern)

    def text(self) -> kinds.Text:
        if self.ends:
            raise UnsupportedAnnotationError("Ge and Le limit numbers; text takes MinLen and MaxLen")
        return kinds.Text(
            min_length=self.lengths.get("min_length"),
            max_length=self.lengths.get("max_length"),
            pattern=self.pattern,
        )

    def bounds(self, number: type) -> dict[str, Any]:
        if self.lengths or self.pattern is not None:
            raise UnsupportedAnnotationError("MinLen, MaxLen and Pattern limit text; numbers take Ge and Le")
        return {name: number(end) for name, end in self.ends.items()}


def _refuse(constraints: Sequence[Any]) -> None:
    if constraints:
        raise UnsupportedAnnotationError(f"{constraints[0]!r} does not limit this kind of field")


def _spell(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)
